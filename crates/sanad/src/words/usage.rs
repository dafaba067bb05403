//! What is wrong with the arguments.

use super::{Row, row};

/// The rows.
pub const ROWS: &[Row] = &[
    row(
        "`--help` behind the command shows what it takes, with an example",
        "`--help` بعد الأمر يعرض ما يأخذه مع مثال",
        "`--help` لەدوای فەرمانەکە پیشان دەدات چی وەردەگرێت، لەگەڵ نموونەیەک",
    ),
    row("the nearest is {}", "الأقرب {}", "نزیکترین {}ـە"),
    row("needed and not given: {}", "مطلوب ولم يُعطَ: {}", "پێویستە و نەدراوە: {}"),
    row("this command has no argument '{}'", "ليس لهذا الأمر معامل '{}'", "ئەم فەرمانە ئارگومێنتی '{}'ی نییە"),
    row("there is no command '{}'", "لا أمر '{}'", "فەرمانی '{}' نییە"),
    row("{} is there without its value", "{} معطى بلا قيمة", "{} بەبێ نرخەکەی دراوە"),
    row("'{}' is no value of {}", "'{}' ليس قيمة لـ {}", "'{}' نرخێک نییە بۆ {}"),
    row("give one of: {}", "أعطِ واحداً من: {}", "یەکێک لەمانە بدە: {}"),
    row("{} and {} do not go together", "{} و {} لا يجتمعان", "{} و {} پێکەوە نابن"),
    row("give one of the two", "أعطِ أحدهما", "یەکێکیان بدە"),
    row("{} takes another number of values", "{} يأخذ عدداً آخر من القيم", "{} ژمارەیەکی تر لە نرخ وەردەگرێت"),
    row("an argument is not UTF-8", "معامل ليس UTF-8", "ئارگومێنتێک UTF-8 نییە"),
    row(
        "'{}' is not a language of Sanad: ar, ckb or en",
        "'{}' ليست لغة لسند: ar أو ckb أو en",
        "'{}' زمانی سەنەد نییە: ar، ckb یان en",
    ),
    row("invalid digit found in string", "فيه ما ليس رقماً", "شتێکی تێدایە کە ژمارە نییە"),
    row("cannot parse integer from empty string", "عدد فارغ", "ژمارەیەکی بەتاڵ"),
    row("{} is not in {}", "{} خارج {}", "{} لە {} دا نییە"),
];
