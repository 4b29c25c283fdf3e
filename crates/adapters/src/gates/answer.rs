//! What Alertmanager and Prometheus say, read. Pure: a body in, an answer out; what is not understood is unknown.

use rockhop_domain::{Message, plan::GateAnswer, project::Milli};
use serde::Deserialize;
use std::fmt::Write as _;

/// How many alerts a reason names.
const NAMED: usize = 5;

/// Alerts that are active, neither silenced nor inhibited (Alertmanager's API v2).
pub(super) fn alerts_url(base: &str) -> String {
    format!("{base}/api/v2/alerts?active=true&silenced=false&inhibited=false")
}

/// One instant query.
pub(super) fn query_url(base: &str, query: &str) -> String {
    format!("{base}/api/v1/query?query={}", encoded(query))
}

/// All but what a query string may hold as it is (RFC 3986, unreserved).
fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            other => {
                let _ = write!(out, "%{other:02X}");
            }
        }
        out
    })
}

#[derive(Deserialize)]
struct Alert {
    labels: Labels,
}

#[derive(Deserialize)]
struct Labels {
    alertname: Option<String>,
}

/// Whatever is listed closes the gate: the question left out what is silenced.
pub(super) fn alerts(body: &[u8]) -> GateAnswer {
    let all: Vec<Alert> = match serde_json::from_slice(body) {
        Ok(all) => all,
        Err(error) => return unreadable("Alertmanager", &error.to_string()),
    };
    if all.is_empty() {
        return GateAnswer::Open;
    }
    let mut names: Vec<&str> = all.iter().map(|a| a.labels.alertname.as_deref().unwrap_or("?")).collect();
    names.sort_unstable();
    names.dedup();
    let more = if names.len() > NAMED { ", …" } else { "" };
    names.truncate(NAMED);
    let why = Message::new("gate-alerts").with("n", all.len()).with("names", format!("{}{more}", names.join(", ")));
    GateAnswer::Closed { why }
}

#[derive(Deserialize)]
#[serde(tag = "status", rename_all = "lowercase")]
enum Reply {
    Success { data: Data },
    Error { error: String },
}

#[derive(Deserialize)]
#[serde(tag = "resultType", content = "result", rename_all = "lowercase")]
enum Data {
    Vector(Vec<Sample>),
    Scalar(Point),
}

#[derive(Deserialize)]
struct Sample {
    value: Point,
}

/// When, and the number as text: JSON has no infinity.
#[derive(Deserialize)]
struct Point(#[expect(dead_code, reason = "the time of an instant query is now")] serde_json::Value, String);

/// Exactly one number, within its limits. A query that gives none has not looked at anything.
pub(super) fn number(body: &[u8], at_most: Option<Milli>, at_least: Option<Milli>) -> GateAnswer {
    let point = match serde_json::from_slice(body) {
        Ok(Reply::Success { data: Data::Scalar(point) }) => point,
        Ok(Reply::Success { data: Data::Vector(mut all) }) => match (all.pop(), all.len()) {
            (Some(one), 0) => one.value,
            (None, _) => return GateAnswer::Unknown { why: Message::new("gate-no-number") },
            (Some(_), others) => {
                return GateAnswer::Unknown { why: Message::new("gate-many-numbers").with("n", others + 1) };
            }
        },
        Ok(Reply::Error { error }) => return unreadable("Prometheus", &error),
        Err(error) => return unreadable("Prometheus", &error.to_string()),
    };
    judge(&point.1, at_most, at_least)
}

fn judge(text: &str, at_most: Option<Milli>, at_least: Option<Milli>) -> GateAnswer {
    let Some(value) = text.parse::<f64>().ok().filter(|v| !v.is_nan()) else {
        return GateAnswer::Unknown { why: Message::new("gate-not-a-number").with("value", text) };
    };
    // A limit's own text is an exact decimal, so it always reads as a number.
    let limit = |milli: Milli| milli.to_string().parse::<f64>().ok();
    let said = |why: Message, limit: Milli| GateAnswer::Closed { why: why.with("value", text).with("limit", limit) };
    match (at_most, at_least) {
        (Some(most), _) if limit(most).is_none_or(|most| value > most) => said(Message::new("gate-above"), most),
        (_, Some(least)) if limit(least).is_none_or(|least| value < least) => said(Message::new("gate-below"), least),
        _ => GateAnswer::Open,
    }
}

fn unreadable(who: &str, why: &str) -> GateAnswer {
    let why: String = why.chars().take(super::REASON_CHARS).collect();
    GateAnswer::Unknown { why: Message::new("gate-unreadable").with("who", who).with("why", why) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(answer: &GateAnswer) -> (String, &str) {
        (format!("{:?}", answer.state()).to_lowercase(), answer.why().map_or("", |w| w.key.as_str()))
    }

    #[test]
    fn what_alertmanager_says() {
        for (body, want) in [
            ("[]", ("open", "")),
            (r#"[{"labels":{"alertname":"Disk"},"status":{"state":"active"}}]"#, ("closed", "gate-alerts")),
            (r#"[{"labels":{}}]"#, ("closed", "gate-alerts")),
            (r#"[{"name":"x"}]"#, ("unknown", "gate-unreadable")),
            (r#"{"code":500,"message":"no"}"#, ("unknown", "gate-unreadable")),
            ("[", ("unknown", "gate-unreadable")),
            ("<html>login</html>", ("unknown", "gate-unreadable")),
            ("", ("unknown", "gate-unreadable")),
        ] {
            let answer = alerts(body.as_bytes());
            let (state, key) = key(&answer);
            assert_eq!((state.as_str(), key), want, "{body}");
        }
    }

    #[test]
    fn a_reason_names_few_alerts_and_counts_all() {
        let all: Vec<String> = (0..9).map(|n| format!(r#"{{"labels":{{"alertname":"A{}"}}}}"#, n % 7)).collect();
        let answer = alerts(format!("[{}]", all.join(",")).as_bytes());
        let why = answer.why().expect("a reason");
        assert_eq!((why.arg("n"), why.arg("names")), (Some("9"), Some("A0, A1, A2, A3, A4, …")));
    }

    #[test]
    fn what_prometheus_says() {
        let vector = |values: &[&str]| {
            let all: Vec<String> = values.iter().map(|v| format!(r#"{{"metric":{{}},"value":[1.5,"{v}"]}}"#)).collect();
            format!(r#"{{"status":"success","data":{{"resultType":"vector","result":[{}]}}}}"#, all.join(","))
        };
        let scalar = |v: &str| {
            format!(r#"{{"status":"success","data":{{"resultType":"scalar","result":[1792000000.123,"{v}"]}}}}"#)
        };
        let (most, least) = (Some(Milli(10)), Some(Milli(-5)));
        for (body, at_most, at_least, want) in [
            (vector(&["0.009"]), most, None, ("open", "")),
            (vector(&["0.01"]), most, None, ("open", "")),
            (vector(&["0.0100001"]), most, None, ("closed", "gate-above")),
            (vector(&["1.2e-05"]), most, least, ("open", "")),
            (vector(&["-0.0051"]), most, least, ("closed", "gate-below")),
            (scalar("0"), most, least, ("open", "")),
            (scalar("+Inf"), most, None, ("closed", "gate-above")),
            (scalar("-Inf"), most, None, ("open", "")),
            (scalar("NaN"), most, None, ("unknown", "gate-not-a-number")),
            (scalar("x"), most, None, ("unknown", "gate-not-a-number")),
            (vector(&[]), most, None, ("unknown", "gate-no-number")),
            (vector(&["0", "0"]), most, None, ("unknown", "gate-many-numbers")),
            (
                r#"{"status":"error","errorType":"bad_data","error":"parse error"}"#.into(),
                most,
                None,
                ("unknown", "gate-unreadable"),
            ),
            (
                r#"{"status":"success","data":{"resultType":"matrix","result":[]}}"#.into(),
                most,
                None,
                ("unknown", "gate-unreadable"),
            ),
            (r#"{"status":"success"}"#.into(), most, None, ("unknown", "gate-unreadable")),
            ("[]".into(), most, None, ("unknown", "gate-unreadable")),
            (String::new(), most, None, ("unknown", "gate-unreadable")),
        ] {
            let answer = number(body.as_bytes(), at_most, at_least);
            let (state, key) = key(&answer);
            assert_eq!((state.as_str(), key), want, "{body}");
        }
    }

    #[test]
    fn a_query_is_one_word_of_the_address() {
        assert_eq!(
            query_url("http://mon:9090", "sum(rate(a{b=~\"5..\"}[5m])) + 1 & ü"),
            "http://mon:9090/api/v1/query?query=sum%28rate%28a%7Bb%3D~%225..%22%7D%5B5m%5D%29%29%20%2B%201%20%26%20%C3%BC"
        );
    }
}
