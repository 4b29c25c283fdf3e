//! A text and its SSHSIG signature in one file: readable by people, checked by `ssh-keygen -Y verify`.
//!
//! The file is the text, then the armoured signature. Parsing is strict: a file that is not exactly
//! what writing it again would give is refused, so that no byte of it is without meaning.

use russh::keys::ssh_key::{self, HashAlg, LineEnding, PrivateKey, PublicKey, SshSig};

const ARMOUR: &str = "-----BEGIN SSH SIGNATURE-----\n";

/// A text with a signature that has not been judged yet.
#[derive(Debug, Clone)]
pub(crate) struct SignedText {
    text: String,
    armour: String,
    signature: SshSig,
}

impl SignedText {
    pub fn sign(text: String, namespace: &str, key: &PrivateKey) -> Result<Self, ssh_key::Error> {
        let signature = key.sign(namespace, HashAlg::Sha512, text.as_bytes())?;
        Self::with_signature(text, signature)
    }

    /// For signatures made elsewhere: by an agent.
    pub fn with_signature(text: String, signature: SshSig) -> Result<Self, ssh_key::Error> {
        let armour = signature.to_pem(LineEnding::LF)?;
        Ok(Self { text, armour, signature })
    }

    pub fn parse(file: &[u8]) -> Result<Self, &'static str> {
        let file = std::str::from_utf8(file).map_err(|_| "it is not text")?;
        let at = file.find(ARMOUR).ok_or("it holds no SSH signature")?;
        let (text, armour) = file.split_at(at);
        let signature = SshSig::from_pem(armour).map_err(|_| "its SSH signature cannot be read")?;
        let signed =
            Self::with_signature(text.to_owned(), signature).map_err(|_| "its SSH signature cannot be read")?;
        if signed.armour == armour { Ok(signed) } else { Err("its SSH signature is not written as it should be") }
    }

    pub fn to_file(&self) -> String {
        format!("{}{}", self.text, self.armour)
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn is_by(&self, key: &PublicKey) -> bool {
        self.signature.public_key() == key.key_data()
    }

    pub fn verifies(&self, namespace: &str, key: &PublicKey) -> bool {
        key.verify(namespace, self.text.as_bytes(), &self.signature).is_ok()
    }

    pub fn fingerprint(&self) -> String {
        self.signature.public_key().fingerprint(HashAlg::Sha256).to_string()
    }
}
