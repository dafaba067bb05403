//! AWS Signature Version 4 in the address of a request, checked by what Amazon published and no code of the client's.

use aws_lc_rs::hmac;

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text.as_bytes()).as_ref().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Is `query` signed with `secret`, and are all of `needed` under the signature?
pub(super) fn holds(
    (method, path, query): (&str, &str, &str),
    header: impl Fn(&str) -> Option<String>,
    needed: &[&str],
    secret: &str,
) -> bool {
    let part = |name: &str| {
        let mut parts = query.split('&').filter_map(|part| part.split_once('='));
        parts.find(|(own, _)| *own == name).map(|(_, value)| value.replace("%2F", "/").replace("%3B", ";"))
    };
    let fields = ["X-Amz-Credential", "X-Amz-Date", "X-Amz-SignedHeaders", "X-Amz-Signature"].map(part);
    let [Some(credential), Some(date), Some(signed), Some(signature)] = fields else { return false };
    let Some((_, scope)) = credential.split_once('/') else { return false };
    if !needed.iter().all(|needed| signed.split(';').any(|name| name == *needed)) {
        return false;
    }
    let mut parts: Vec<&str> = query.split('&').filter(|part| !part.starts_with("X-Amz-Signature=")).collect();
    parts.sort_unstable();
    let headers = signed.split(';').map(|name| Some(format!("{name}:{}\n", header(name)?.trim())));
    let Some(headers) = headers.collect::<Option<String>>() else { return false };
    let canonical = format!("{method}\n{path}\n{}\n{headers}\n{signed}\nUNSIGNED-PAYLOAD", parts.join("&"));
    let text = format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{}", sign::sha256(canonical.as_bytes()).hex());
    let key = scope.split('/').fold(format!("AWS4{secret}").into_bytes(), |key, part| hmac(&key, part));
    hex(&hmac(&key, &text)) == signature
}

/// "Authenticating Requests: Using Query Parameters", Amazon S3 API Reference.
#[test]
fn the_published_example_holds() {
    let query = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2F\
                 aws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=\
                 aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";
    let host = |name: &str| (name == "host").then(|| "examplebucket.s3.amazonaws.com".to_owned());
    let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    assert!(holds(("GET", "/test.txt", query), host, &["host"], secret));
    assert!(!holds(("PUT", "/test.txt", query), host, &["host"], secret));
    assert!(!holds(("GET", "/test.txt", query), host, &["host"], "another"));
    assert!(!holds(("GET", "/test.txt", query), host, &["host", "if-match"], secret));
}
