//! What the project file asks for and this version does not do. It is said with every plan: who wrote it
//! down must not believe that somebody looks.

use rockhop_domain::{
    Message,
    project::{Project, Service, ServiceKind},
};

/// One warning for each kind of thing that nobody will do.
pub fn unasked(project: &Project) -> Vec<Message> {
    let gates: Vec<&str> = project.gates.keys().map(String::as_str).collect();
    let services = |which: fn(&Service) -> bool| -> Vec<&str> {
        project.services.iter().filter(|s| which(s)).map(|s| s.name.as_str()).collect()
    };
    [
        ("warn-gates-not-asked", "gates", gates),
        ("warn-service-tcp-only", "services", services(is_greeted)),
        ("warn-service-answer-not-read", "services", services(expects)),
    ]
    .into_iter()
    .filter(|(_, _, names)| !names.is_empty())
    .map(|(key, what, names)| Message::new(key).with(what, names.join(", ")))
    .collect()
}

/// Kinds of which the project file says more than that a connection opens.
fn is_greeted(service: &Service) -> bool {
    matches!(service.kind, ServiceKind::Redis | ServiceKind::Postgresql | ServiceKind::Mariadb)
}

fn expects(service: &Service) -> bool {
    service.expect_status.is_some() || service.expect_text.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = include_str!("../../../../../docs/rockhop.toml.example");

    fn warned(text: &str) -> Vec<String> {
        let project = Project::parse(text, "rockhop.toml").expect("sound");
        unasked(&project).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn all_that_is_not_done_is_named() {
        assert_eq!(
            warned(EXAMPLE),
            [
                "warn-gates-not-asked(gates=no-alerts, error-rate, shop-answers, change-ticket)",
                "warn-service-tcp-only(services=redis, orders)",
                "warn-service-answer-not-read(services=shop)",
            ]
        );
    }

    #[test]
    fn nothing_is_said_about_what_is_done() {
        let text = "[project]\nname = \"x\"\nenvironment = \"production\"\ninventory = [\"i\"]\n[roles.web]\n\
                    groups = [\"web\"]\n[vault]\npath = \"v\"\npassword_file = \"p\"\n";
        let served = "[[services]]\nname = \"a\"\nkind = \"http\"\nrole = \"web\"\n\
                      [[services]]\nname = \"b\"\nkind = \"tcp\"\nport = 22\nrole = \"web\"\n";
        assert_eq!(warned(text), [""; 0]);
        assert_eq!(warned(&format!("{text}{served}")), [""; 0]);
    }
}
