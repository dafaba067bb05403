//! What a statement and a slip name of the software that counted: words for people, and the SHA-256 of the program that ran.

use election::Digest;

/// The name of a build: `sanad 0.1.0 sha256:…`.
pub fn named_build(words: &str, program: &Digest) -> String {
    format!("{words} {program}")
}

/// The program that a build names; none where it names none, as software from before does.
pub fn program(build: &str) -> Option<Digest> {
    build.rsplit_once(' ')?.1.parse().ok()
}

/// A build as it is printed: of the hash its first 16 digits; the codes beside it hold the whole.
pub fn shown_build(build: &str) -> String {
    match build.rsplit_once(' ').zip(program(build)) {
        Some(((words, _), program)) => format!("{words} sha256:{}", &program.hex()[..16]),
        None => build.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_names_its_program_or_none() {
        let digest = Digest::of(b"a program");
        let build = named_build("sanad 0.1.0", &digest);
        assert_eq!(program(&build), Some(digest));
        assert_eq!(shown_build(&build), format!("sanad 0.1.0 sha256:{}", &digest.hex()[..16]));
        for none in ["", "test", "sanad 0.1.0", "sanad sha256:00", &digest.to_string()] {
            assert_eq!((program(none), shown_build(none)), (None, none.to_owned()), "{none}");
        }
    }
}
