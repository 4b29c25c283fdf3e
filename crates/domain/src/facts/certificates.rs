//! X.509 certificates that services show (RFC 5280), from their PEM files (RFC 7468).
//!
//! Read here and not by a tool on the host: starting one for each file costs the host more than all else that is
//! asked of it.

use super::BadLine;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use x509_cert::{
    der::{Decode, DecodePem, Reader, SliceReader, asn1::UintRef, oid::ObjectIdentifier},
    spki::SubjectPublicKeyInfoOwned,
};

/// A certificate in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Certificate {
    pub path: String,
    /// `2027-11-23T04:51:02Z`.
    pub not_after: String,
    /// `sha1WithRSAEncryption`, `sha256WithRSAEncryption`; the dotted number of one that has no name here.
    pub signature: String,
    /// The size of the key in bits; none for a kind of key that is not known here.
    pub key_bits: Option<u32>,
}

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";

/// RFC 3279, 4055, 5758, 8410: their names as `openssl` prints them.
const SIGNATURES: [(&str, &str); 14] = [
    ("1.2.840.113549.1.1.4", "md5WithRSAEncryption"),
    ("1.2.840.113549.1.1.5", "sha1WithRSAEncryption"),
    ("1.2.840.113549.1.1.10", "rsassaPss"),
    ("1.2.840.113549.1.1.11", "sha256WithRSAEncryption"),
    ("1.2.840.113549.1.1.12", "sha384WithRSAEncryption"),
    ("1.2.840.113549.1.1.13", "sha512WithRSAEncryption"),
    ("1.2.840.10040.4.3", "dsaWithSHA1"),
    ("1.2.840.10045.4.1", "ecdsa-with-SHA1"),
    ("1.2.840.10045.4.3.1", "ecdsa-with-SHA224"),
    ("1.2.840.10045.4.3.2", "ecdsa-with-SHA256"),
    ("1.2.840.10045.4.3.3", "ecdsa-with-SHA384"),
    ("1.2.840.10045.4.3.4", "ecdsa-with-SHA512"),
    ("1.3.101.112", "ED25519"),
    ("1.3.101.113", "ED448"),
];

/// RFC 5480, section 2.1.1.1.
const CURVES: [(&str, u32); 5] = [
    ("1.2.840.10045.3.1.1", 192),
    ("1.3.132.0.33", 224),
    ("1.2.840.10045.3.1.7", 256),
    ("1.3.132.0.34", 384),
    ("1.3.132.0.35", 521),
];

const RSA: &str = "1.2.840.113549.1.1.1";
const EC: &str = "1.2.840.10045.2.1";
const ED25519: &str = "1.3.101.112";

/// The first certificate of a file, which is the one that a service shows; none in a file of something else.
pub(super) fn certificate(path: &str, text: &str) -> Result<Option<Certificate>, BadLine> {
    let Some(start) = text.find(BEGIN) else { return Ok(None) };
    let unreadable = || BadLine::new(path);
    let end = text[start..].find(END).ok_or_else(unreadable)? + start + END.len();
    let read = x509_cert::Certificate::from_pem(&text[start..end]).map_err(|_| unreadable())?;
    let about = read.tbs_certificate();
    let seconds = i64::try_from(about.validity().not_after.to_unix_duration().as_secs()).map_err(|_| unreadable())?;
    let not_after = Timestamp::from_second(seconds).map_err(|_| unreadable())?;
    Ok(Some(Certificate {
        path: path.to_owned(),
        not_after: not_after.to_string(),
        signature: signature_name(&read.signature_algorithm().oid),
        key_bits: key_bits(about.subject_public_key_info()),
    }))
}

fn signature_name(oid: &ObjectIdentifier) -> String {
    let dotted = oid.to_string();
    SIGNATURES.iter().find(|(known, _)| *known == dotted).map_or(dotted, |(_, name)| (*name).to_owned())
}

fn key_bits(key: &SubjectPublicKeyInfoOwned) -> Option<u32> {
    match key.algorithm.oid.to_string().as_str() {
        RSA => rsa_bits(key.subject_public_key.raw_bytes()),
        EC => {
            let curve = key.algorithm.parameters.as_ref()?.decode_as::<ObjectIdentifier>().ok()?.to_string();
            CURVES.iter().find(|(known, _)| *known == curve).map(|(_, bits)| *bits)
        }
        ED25519 => Some(256),
        _ => None,
    }
}

/// `RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }` (RFC 8017, appendix A.1.1).
fn rsa_bits(key: &[u8]) -> Option<u32> {
    let mut reader = SliceReader::new(key).ok()?;
    let modulus = reader.sequence(|inner| {
        let modulus = UintRef::decode(inner)?;
        UintRef::decode(inner)?;
        Ok::<_, x509_cert::der::Error>(modulus)
    });
    let bytes = modulus.ok()?.as_bytes().to_vec();
    let first = bytes.first()?;
    u32::try_from(bytes.len()).ok()?.checked_mul(8)?.checked_sub(first.leading_zeros())
}

#[cfg(test)]
mod tests {
    use super::*;

    const EC: &str = "\
        -----BEGIN CERTIFICATE-----\n\
        MIIBbjCCAROgAwIBAgIUE8tol3Zpay/YS8LNn2JcweylN4IwCgYIKoZIzj0EAwIw\n\
        DDEKMAgGA1UEAwwBYTAeFw0yNjExMjMwOTIxNThaFw0zNjExMjAwOTIxNThaMAwx\n\
        CjAIBgNVBAMMAWEwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASwSswF1KYEcJVz\n\
        vRguuOSyXGLbBgYgfjbyAiOoBAHagMK8LCZNOi12dnMo3sc031G7UFzs932p7HPS\n\
        oruBfD1Yo1MwUTAdBgNVHQ4EFgQUpJN0gdVXO7Tcq3WllIaSkm981WMwHwYDVR0j\n\
        BBgwFoAUpJN0gdVXO7Tcq3WllIaSkm981WMwDwYDVR0TAQH/BAUwAwEB/zAKBggq\n\
        hkjOPQQDAgNJADBGAiEAgqRTasqbAiu3mnrXX/M/TCYFY/84OW/DKV3QGJyRve8C\n\
        IQDQ3QWduLcJEMK2VN8L/Zhe8jeAAB9LqKyXiB1FWtkAKg==\n\
        -----END CERTIFICATE-----\n";

    const ED: &str = "\
        -----BEGIN CERTIFICATE-----\n\
        MIIBLDCB36ADAgECAhQsks4E3IvWYWjjudcvVoKJmbnWhjAFBgMrZXAwDDEKMAgG\n\
        A1UEAwwBYTAeFw0yNjExMjMwOTIxNThaFw0zNjExMjAwOTIxNThaMAwxCjAIBgNV\n\
        BAMMAWEwKjAFBgMrZXADIQBJFl2liNaV/ZADR9FUbwxAUrn0likilt0x2sr19AwO\n\
        5qNTMFEwHQYDVR0OBBYEFD1QER7sEz2vYAQvg3R+qMM+PSNWMB8GA1UdIwQYMBaA\n\
        FD1QER7sEz2vYAQvg3R+qMM+PSNWMA8GA1UdEwEB/wQFMAMBAf8wBQYDK2VwA0EA\n\
        cAysl5JPvMd2Q3pkDFX3rL9MkQGCM7hwJ0Wqw9s+fT3Y3gLLOqy0mFdc66/+zcAH\n\
        tE6n3ivcUb+abTdGQo+yAA==\n\
        -----END CERTIFICATE-----\n";

    const RSA_SHA1: &str = "\
        -----BEGIN CERTIFICATE-----\n\
        MIIC+TCCAeGgAwIBAgIURnIagwAZQ1kcO1IoDGWbDZ8OVyQwDQYJKoZIhvcNAQEF\n\
        BQAwDDEKMAgGA1UEAwwBYTAeFw0yNjExMjMwOTIxNTdaFw0zNjExMjAwOTIxNTda\n\
        MAwxCjAIBgNVBAMMAWEwggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQDT\n\
        HT15bkvcTBFV1UovY712lMp3h/HovYfBeuYBtTke7XSEgByxNaBS58qt6ljTJIsM\n\
        8aovncwHUEdF7TG9uV/oJ0X/Cbc8K+n8Ni5LYEJRao3dG+4WXqTWPeNk+DoZm2Lb\n\
        llLyQZBI866FLNO5f9e1Mnlw2EApqa1GZRjMLUU5Wht1aBGEu8K5UjfQ4/IwQlNG\n\
        eMPIj4yQJzTVDLAB/mHh1B4mE3U1sfD3aqgIeRKXY87lG3Bg96pI2EuVv8zdl2px\n\
        ojo8OP9Q5s7khqDW0KrfUzg8d31WREQjcV130qkNYZfx+Ee3J/M3yVW74t7dPenb\n\
        +Z4s5CaRwS/mnSkusizXAgMBAAGjUzBRMB0GA1UdDgQWBBRujkSkiQWZ0i/XrrTN\n\
        5ufON4oonTAfBgNVHSMEGDAWgBRujkSkiQWZ0i/XrrTN5ufON4oonTAPBgNVHRMB\n\
        Af8EBTADAQH/MA0GCSqGSIb3DQEBBQUAA4IBAQAWbkFUY0x7WE9xUc/zK8bPvI0W\n\
        6BJGxGIACNMaY9N4c/uYW0kFxWiY6PVZmys9Zh8MrRMbmXEaZHxZLPW8SRrQUp/y\n\
        rOwTZM6QrhvJWGLG7HGCuUG6WwMiD2XpYeCrhoyJBysq7O5eshCyy8GNLDc6G9w4\n\
        a4AyezdLvxNmS3my6oni8pUH896zVyfZw4O8nIy6nuClp/1VGHvUy5yLhQqNT33Q\n\
        zwygv3J1M2Cfrlgb6iKaRxY1KGMl0DKYZ65pQjk8KgQC4/w+6wVWgZb8T3WAjfe7\n\
        tYeQxmGZxL7qce1eNRK/GZ7tsQ1QWd+ilRH2UShsuQYQzA8peza/vIil7flG\n\
        -----END CERTIFICATE-----\n";

    const RSA_SHORT: &str = "\
        -----BEGIN CERTIFICATE-----\n\
        MIIB9DCCAV2gAwIBAgIUWsMy8RE3rq6ckrcisCctpNOgtRwwDQYJKoZIhvcNAQEL\n\
        BQAwDDEKMAgGA1UEAwwBYTAeFw0yNjExMjMwOTIxNThaFw0zNjExMjAwOTIxNTha\n\
        MAwxCjAIBgNVBAMMAWEwgZ8wDQYJKoZIhvcNAQEBBQADgY0AMIGJAoGBAKs7rsQ1\n\
        tofX46vMDaz9gg+sIqQZC6u58c+0PiYhdCEdjmkI4Yd1mT8zBnj3YFZsG4B45kLo\n\
        iYDS9BX5PPPO53HSbwMpXyzUjeFN6gDkAIC0tgcoigl7rjRjKvKy8YUSc9hNg8aO\n\
        gslyZAbkDtQIQuDOlH7jD6ZndZet6Yfn4XERAgMBAAGjUzBRMB0GA1UdDgQWBBTB\n\
        Fw6jAOc5WTZ29v5hlQQmp2BMMDAfBgNVHSMEGDAWgBTBFw6jAOc5WTZ29v5hlQQm\n\
        p2BMMDAPBgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3DQEBCwUAA4GBAFy80mIgKCo6\n\
        M9PV/szwfS3cfQAXeJoW1kyTJNLpsB1FwiMclBxa5BP5/uxv7wQYxvUkCiiH/Jxq\n\
        P5gUMwH+1xl4TZ5mVLk4YJc2VLA8sF9BoUp8PEsEEAv91zitj4HCkaXbTTl75IXG\n\
        PDiLDE83gMtInzCJx7I6Q6MLnqEQ18c5\n\
        -----END CERTIFICATE-----\n";

    #[test]
    fn keys_and_signatures() {
        for (text, signature, bits) in [
            (RSA_SHA1, "sha1WithRSAEncryption", 2048),
            (RSA_SHORT, "sha256WithRSAEncryption", 1024),
            (EC, "ecdsa-with-SHA256", 256),
            (ED, "ED25519", 256),
        ] {
            let read = certificate("/c", text).expect("it is whole").expect("it is one");
            assert_eq!((read.signature.as_str(), read.key_bits), (signature, Some(bits)));
            assert!(read.not_after.starts_with("2036-11-20T09:21:5"), "{}", read.not_after);
        }
    }

    #[test]
    fn what_stands_around_it_does_not_matter() {
        let around = format!("Bag Attributes\n-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n{EC}{RSA_SHA1}");
        let read = certificate("/c", &around).expect("it is whole").expect("it is one");
        assert_eq!(read.signature, "ecdsa-with-SHA256", "the first one is shown");
        assert_eq!(certificate("/k", "-----BEGIN PRIVATE KEY-----\n"), Ok(None));
    }

    #[test]
    fn a_damaged_one_is_named() {
        for text in [EC[..200].to_owned(), EC.replacen("MII", "AAA", 1), format!("{BEGIN}\n{END}\n")] {
            assert_eq!(certificate("/c", &text), Err(BadLine::new("/c")), "{text}");
        }
    }
}
