//! Reading the arguments, and telling what is wrong with them as any other error is told.

use std::error::Error as _;
use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use election::Lang;

use crate::Cli;
use crate::shell::{Failure, Shell, Verdict};

/// The arguments, or the exit code after help was shown or an error was told.
pub fn parse() -> Result<Cli, ExitCode> {
    let args: Vec<OsString> = std::env::args_os().map(western).collect();
    Cli::try_parse_from(&args).map_err(|error| {
        if matches!(
            error.kind(),
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
        ) {
            // A reader that has gone away is no error of ours.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
        let shell = Shell::new(args.iter().any(|arg| arg == "--json"), language(&args), false);
        shell.error(&failure(&error));
        if let Some(usage) = text(&error, ContextKind::Usage) {
            shell.warn(usage.trim_end());
        }
        Verdict::Wrong.into()
    })
}

/// An id or a number written with ٠-٩ or ۰-۹ is the same with 0-9, as in the tables of a definition. A name of a file
/// that is there stays as it is.
fn western(arg: OsString) -> OsString {
    let Some(text) = arg.to_str() else { return arg };
    let value = text.rsplit_once('=').map_or(text, |(_, value)| value);
    let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || digit(c).is_some();
    if !value.chars().all(is_word) || !value.chars().any(|c| digit(c).is_some()) || Path::new(value).exists() {
        return arg;
    }
    text.chars().map(|c| digit(c).unwrap_or(c)).collect::<String>().into()
}

fn digit(c: char) -> Option<char> {
    let value = match c {
        '٠'..='٩' => u32::from(c) - u32::from('٠'),
        '۰'..='۹' => u32::from(c) - u32::from('۰'),
        _ => return None,
    };
    char::from_digit(value, 10)
}

/// The language of the message, where the arguments could not be read.
fn language(args: &[OsString]) -> Lang {
    let texts: Vec<&str> = args.iter().filter_map(|arg| arg.to_str()).collect();
    let beside = texts.windows(2).find(|pair| pair[0] == "--lang").map(|pair| pair[1]);
    let within = texts.iter().find_map(|arg| arg.strip_prefix("--lang="));
    let named = std::env::var("SANAD_LANG").ok();
    beside.or(within).or(named.as_deref()).and_then(|lang| lang.parse().ok()).unwrap_or(Lang::En)
}

fn text(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        ContextValue::StyledStrs(texts) => Some(texts.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")),
        ContextValue::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn failure(error: &clap::Error) -> Failure {
    let get = |kind| text(error, kind).unwrap_or_default();
    let (arg, value) = (get(ContextKind::InvalidArg), get(ContextKind::InvalidValue));
    let example = "`--help` behind the command shows what it takes, with an example";
    let near = |kind| text(error, kind).map(|near| format!("the nearest is {near}"));
    let next = |near: Option<String>| near.unwrap_or_else(|| example.to_owned());
    match error.kind() {
        ErrorKind::MissingRequiredArgument => {
            Failure::new("usage.missing", format!("needed and not given: {arg}"), example)
        }
        ErrorKind::UnknownArgument => {
            let what = format!("this command has no argument '{}'", arg.escape_debug());
            Failure::new("usage.unknown", what, next(near(ContextKind::SuggestedArg)))
        }
        ErrorKind::InvalidSubcommand => {
            let what = format!("there is no command '{}'", get(ContextKind::InvalidSubcommand).escape_debug());
            Failure::new("usage.command", what, next(near(ContextKind::SuggestedSubcommand)))
        }
        ErrorKind::MissingSubcommand => {
            Failure::new("usage.missing", format!("needed and not given: {}", "COMMAND"), example)
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            Failure::new("usage.missing", format!("{arg} is there without its value"), example)
        }
        ErrorKind::InvalidValue => {
            let what = format!("'{}' is no value of {arg}", value.escape_debug());
            Failure::new("usage.value", what, format!("give one of: {}", get(ContextKind::ValidValue)))
        }
        ErrorKind::ValueValidation => {
            let what = format!("'{}' is no value of {arg}", value.escape_debug());
            let failure = Failure::new("usage.value", what, example);
            match error.source() {
                Some(why) => failure.because(why.to_string()),
                None => failure,
            }
        }
        ErrorKind::ArgumentConflict => {
            let what = format!("{arg} and {} do not go together", get(ContextKind::PriorArg));
            Failure::new("usage.conflict", what, "give one of the two")
        }
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues | ErrorKind::NoEquals => {
            Failure::new("usage.count", format!("{arg} takes another number of values"), example)
        }
        ErrorKind::InvalidUtf8 => Failure::new("usage.encoding", "an argument is not UTF-8", example),
        _ => Failure::new("usage.other", error.to_string().trim().to_owned(), example),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_may_be_written_with_arabic_and_persian_digits() {
        let read = |text: &str| western(text.into()).into_string().unwrap();
        assert_eq!(read("٠١٠١"), "0101");
        assert_eq!(read("--station=۰۱۰۱"), "--station=0101");
        assert_eq!(read("baghdad_١٠١"), "baghdad_101");
        assert_eq!(read("نسخة ٢.pdf"), "نسخة ٢.pdf", "a name of a file stays");
        assert_eq!(read("--reason=شكوى ١٧"), "--reason=شكوى ١٧", "a sentence stays");
    }
}
