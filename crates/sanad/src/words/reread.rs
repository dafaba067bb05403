//! What is told of images that are read again.

use super::{Row, row};

/// The rows.
pub const ROWS: &[Row] = &[
    row("the layout of the sheets (V.414)", "تخطيط الأوراق (V.414)", "نەخشەی پەڕەکان (V.414)"),
    row(
        "the images of {} of {} contents were not brought",
        "لم تُحضر صور {} من {} من المحتويات",
        "وێنەکانی {} لە {} ناوەڕۆک نەهێنراون",
    ),
    row(
        "{} of {} sheets were drawn by the seed '{}'",
        "سُحبت {} من {} ورقة بالبذرة '{}'",
        "{} لە {} پەڕە بە تۆوی '{}' هەڵبژێردران",
    ),
    row(
        "nothing of what was brought is an image of a content that is published",
        "لا شيء مما أُحضر صورة لمحتوى منشور",
        "هیچ شتێک لەوەی هێنراوە وێنەی ناوەڕۆکێکی بڵاوکراوە نییە",
    ),
    row(
        "needs an image whose hash holds (V.413), the record of its number, and a contest that nobody settled",
        "يحتاج إلى صورة بصمتها ثابتة (V.413) وإلى السجل الذي برقمها وإلى منافسة لم يحسمها أحد",
        "پێویستی بە وێنەیەک هەیە کە هاشەکەی ڕاست بێت (V.413)، و بە تۆماری هەمان ژمارە، و بە کێبڕکێیەک کە کەس یەکلای نەکردبێتەوە",
    ),
    row(
        "the cast vote records are neither public nor beside the images",
        "سجلات أوراق الاقتراع ليست علنية ولا بجانب الصور",
        "تۆمارەکانی دەنگی دراو نە گشتین و نە لەتەنیشت وێنەکانن",
    ),
    row("has images of {} sheets, and {} records", "فيه صور {} ورقة و{} سجلاً", "وێنەی {} پەڕە و {} تۆماری هەیە"),
    row(
        "has images of {} sheets, and {} ballots were cast",
        "فيه صور {} ورقة، والأوراق المعدودة {}",
        "وێنەی {} پەڕەی هەیە، و {} کاغەز ژمێردراون",
    ),
    row("cannot be read again: {}", "لا تُقرأ ثانية: {}", "دووبارە ناخوێندرێتەوە: {}"),
    row("there is no cast vote record of its number", "لا سجل ورقة اقتراع برقمها", "تۆماری دەنگی دراو بەو ژمارەیە نییە"),
    row(
        "is sheet {} of style {}, and its record of sheet {} of {}",
        "هي الورقة {} من النموذج {}، وسجلها للورقة {} من {}",
        "پەڕەی {}ی شێوازی {}یە، و تۆمارەکەی هی پەڕەی {}ی {}",
    ),
    row(
        "contest {}: is once more in the record than on the image",
        "المنافسة {}: ترد في السجل مرة أكثر مما على الصورة",
        "کێبڕکێی {}: لە تۆمارەکەدا جارێک زیاترە لە وێنەکە",
    ),
    row(
        "contest {}: is on the image and not in the record",
        "المنافسة {}: على الصورة وليست في السجل",
        "کێبڕکێی {}: لەسەر وێنەکەیە و لە تۆمارەکەدا نییە",
    ),
    row(
        "contest {}: people settled a doubtful mark, and their answer [{}] stands",
        "المنافسة {}: حسم أشخاص علامة مشكوكاً فيها، وجوابهم [{}] قائم",
        "کێبڕکێی {}: کەسان نیشانەیەکی گومانلێکراویان یەکلا کردەوە، و وەڵامەکەیان [{}] دەمێنێتەوە",
    ),
    row(
        "contest {}: the image alone says [{}], people said [{}]",
        "المنافسة {}: الصورة وحدها تقول [{}]، والأشخاص قالوا [{}]",
        "کێبڕکێی {}: وێنەکە بە تەنیا دەڵێت [{}]، و کەسەکان وتیان [{}]",
    ),
    row(
        "contest {}: people settled a doubtful mark, and the device signed for no picture of it",
        "المنافسة {}: حسم أشخاص علامة مشكوكاً فيها، ولم يوقّع الجهاز على صورة لها",
        "کێبڕکێی {}: کەسان نیشانەیەکی گومانلێکراویان یەکلا کردەوە، و ئامێرەکە وێنەیەکی ئەوەی واژۆ نەکردووە",
    ),
    row(
        "contest {}: the image leaves [{}] in doubt, and nobody was asked",
        "المنافسة {}: الصورة تترك [{}] موضع شك، ولم يُسأل أحد",
        "کێبڕکێی {}: وێنەکە [{}] بە گومانەوە دەهێڵێتەوە، و لە کەس نەپرسراوە",
    ),
    row(
        "contest {}: the image has marks at [{}], and the record at [{}]",
        "المنافسة {}: على الصورة علامات عند [{}]، وفي السجل عند [{}]",
        "کێبڕکێی {}: وێنەکە نیشانەی لە [{}] هەیە، و تۆمارەکە لە [{}]",
    ),
];
