//! What Ansible's SSH arguments say about the way to a host.

use super::jump::Jump;
use super::words;

/// The arguments that Rockhop follows, and those that it leaves aside.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct SshArgs {
    pub jumps: Vec<Jump>,
    pub user: Option<String>,
    pub port: Option<u16>,
    pub key_file: Option<String>,
    /// As written, for the reader.
    pub left_aside: Vec<String>,
}

/// Why the arguments cannot be followed: the part that is to blame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BadArgs(pub String);

/// Short options of `ssh` that take a value.
const WITH_VALUE: &str = "BbcDEeFIiJLlmOopQRSWw";

/// Reads `-J`, `-o ProxyJump=`, `-o ProxyCommand="ssh -W %h:%p ..."`, `-l`, `-p`, `-i`.
pub(super) fn parse(text: &str) -> Result<SshArgs, BadArgs> {
    let mut args = SshArgs::default();
    let mut words = words::split(text).map_err(|_| BadArgs(text.to_owned()))?.into_iter().map(|word| word.text);
    while let Some(word) = words.next() {
        let mut letters = word.strip_prefix('-').unwrap_or_default().chars();
        let Some(letter) = letters.next() else {
            args.left_aside.push(word);
            continue;
        };
        if !WITH_VALUE.contains(letter) {
            args.left_aside.push(word);
            continue;
        }
        let glued = letters.as_str();
        let value = if glued.is_empty() { words.next() } else { Some(glued.to_owned()) };
        let value = value.ok_or_else(|| BadArgs(word.clone()))?;
        args.option(letter, value)?;
    }
    Ok(args)
}

impl SshArgs {
    fn option(&mut self, letter: char, value: String) -> Result<(), BadArgs> {
        match letter {
            'J' => self.jumps = jumps(&value)?,
            'l' => self.user = Some(value),
            'p' => self.port = Some(value.parse().map_err(|_| BadArgs(value))?),
            'i' => self.key_file = Some(value),
            'o' => self.long(&value)?,
            other => self.left_aside.push(format!("-{other} {value}")),
        }
        Ok(())
    }

    /// `Name=value` or `Name value`.
    fn long(&mut self, option: &str) -> Result<(), BadArgs> {
        let (name, value) = option.split_once(['=', ' ']).unwrap_or((option, ""));
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "proxyjump" => self.jumps = jumps(value)?,
            "proxycommand" if value != "none" => self.jumps = vec![proxy_command(value)?],
            "user" => self.user = Some(value.to_owned()),
            "port" => self.port = Some(value.parse().map_err(|_| BadArgs(option.to_owned()))?),
            "identityfile" => self.key_file = Some(value.to_owned()),
            _ => self.left_aside.push(format!("-o {option}")),
        }
        Ok(())
    }
}

/// `user@bastion:port,user@second`; `none` is no jump.
fn jumps(text: &str) -> Result<Vec<Jump>, BadArgs> {
    if text.is_empty() || text.contains("{{") {
        return Err(BadArgs(text.to_owned()));
    }
    if text == "none" {
        return Ok(Vec::new());
    }
    text.split(',').map(|hop| Jump::parse(hop.trim()).ok_or_else(|| BadArgs(text.to_owned()))).collect()
}

/// The form that was usual before `ProxyJump`: `ssh -W %h:%p [-q] [-i key] [-p port] user@bastion`.
fn proxy_command(command: &str) -> Result<Jump, BadArgs> {
    let bad = || BadArgs(command.to_owned());
    let words: Vec<String> = words::split(command).map_err(|_| bad())?.into_iter().map(|word| word.text).collect();
    let is_ssh = words.first().is_some_and(|program| program.rsplit('/').next() == Some("ssh"));
    let forwards = words.iter().any(|word| word.contains("%h:%p") || word.contains("[%h]:%p"));
    if !is_ssh || !forwards {
        return Err(bad());
    }
    let rest = words.get(1..).unwrap_or_default();
    let args = parse(&rest.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" "))?;
    let target = args.left_aside.iter().rfind(|word| !word.starts_with('-')).ok_or_else(bad)?;
    let mut jump = Jump::parse(target).ok_or_else(bad)?;
    jump.user = jump.user.or(args.user);
    jump.port = jump.port.or(args.port);
    jump.key_file = args.key_file;
    Ok(jump)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(args: &SshArgs) -> String {
        args.jumps.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
    }

    #[test]
    fn the_way_through_bastions() {
        for (text, want) in [
            ("-J bastion", "bastion"),
            ("-Jops@bastion:2222", "ops@bastion:2222"),
            ("-o ProxyJump=a,b@c", "a,b@c"),
            ("-oProxyJump=a -o StrictHostKeyChecking=no", "a"),
            ("-o 'ProxyJump a'", "a"),
            ("-C -o ControlMaster=auto -J [fd00::1]:22", "[fd00::1]:22"),
            (r#"-o ProxyCommand="ssh -W %h:%p -q ops@bastion""#, "ops@bastion"),
            (r#"-o ProxyCommand="ssh -i /k -p 2222 -W %h:%p ops@bastion""#, "ops@bastion:2222"),
            ("-o ProxyCommand=none", ""),
            ("-o ProxyJump=none", ""),
            ("", ""),
        ] {
            assert_eq!(parse(text).map(|args| way(&args)), Ok(want.into()), "{text}");
        }
        for wrong in [
            "-J",
            "-J ''",
            "-o ProxyCommand='nc -x proxy %h %p'",
            "-o ProxyCommand='ssh bastion nc %h %p'",
            "-p many",
            "-J 'open",
            "-J a,,b",
        ] {
            assert!(parse(wrong).is_err(), "{wrong}: {:?}", parse(wrong));
        }
    }

    #[test]
    fn the_rest_is_told() {
        let args = parse("-C -l ops -i /k -p 22 -o StrictHostKeyChecking=no -F /cfg").expect("arguments");
        assert_eq!((args.user.as_deref(), args.key_file.as_deref(), args.port), (Some("ops"), Some("/k"), Some(22)));
        assert_eq!(args.left_aside, ["-C", "-o StrictHostKeyChecking=no", "-F /cfg"]);
    }
}
