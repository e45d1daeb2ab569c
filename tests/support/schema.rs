//! As much of JSON Schema as the schemas of other tools use, to hold what is written for them to it.

use serde_json::Value;

/// Everything that is wrong, with its place; a keyword that is not known here is a fault of the schema.
pub fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut out = Vec::new();
    against(schema, schema, value, "", &mut out);
    out
}

fn against(root: &Value, schema: &Value, value: &Value, at: &str, out: &mut Vec<String>) {
    for (keyword, rule) in schema.as_object().into_iter().flatten() {
        match keyword.as_str() {
            "$ref" => {
                let target = root.pointer(rule.as_str().unwrap().trim_start_matches('#')).unwrap();
                against(root, target, value, at, out);
            }
            "type" => {
                let allowed: Vec<&str> = rule
                    .as_array()
                    .map_or_else(|| vec![rule.as_str().unwrap()], |l| l.iter().map(|t| t.as_str().unwrap()).collect());
                if !allowed.iter().any(|t| is(value, t)) {
                    out.push(format!("{at}: is {value}, not {allowed:?}"));
                }
            }
            "required" => {
                for name in rule.as_array().unwrap().iter().filter_map(Value::as_str) {
                    if value.is_object() && value.get(name).is_none() {
                        out.push(format!("{at}: lacks {name}"));
                    }
                }
            }
            "properties" => {
                for (name, rule) in rule.as_object().unwrap() {
                    if let Some(value) = value.get(name) {
                        against(root, rule, value, &format!("{at}.{name}"), out);
                    }
                }
            }
            "items" => value
                .as_array()
                .into_iter()
                .flatten()
                .enumerate()
                .for_each(|(i, v)| against(root, rule, v, &format!("{at}[{i}]"), out)),
            "oneOf" => {
                let fit = |rule: &&Value| {
                    let mut faults = Vec::new();
                    against(root, rule, value, at, &mut faults);
                    faults.is_empty()
                };
                if rule.as_array().unwrap().iter().filter(fit).count() != 1 {
                    out.push(format!("{at}: fits not exactly one of {rule}"));
                }
            }
            "minLength" | "maxLength" => {
                let length = value.as_str().map(|s| s.chars().count() as u64);
                let limit = rule.as_u64().unwrap();
                if length.is_some_and(|l| if keyword == "minLength" { l < limit } else { l > limit }) {
                    out.push(format!("{at}: {value} is not of {keyword} {limit}"));
                }
            }
            "minimum" => {
                if value.as_f64().is_some_and(|v| v < rule.as_f64().unwrap()) {
                    out.push(format!("{at}: {value} is less than {rule}"));
                }
            }
            "$schema" | "$id" | "$comment" | "title" | "description" | "definitions" | "nullable" | "examples" | "default"
            | "uniqueItems" | "minItems" | "format" | "additionalItems" => {}
            other => out.push(format!("{at}: the schema asks for {other}, which this check does not know")),
        }
    }
}

fn is(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|v| v.fract() == 0.0),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        _ => false,
    }
}

#[test]
fn the_check_can_fail() {
    let schema =
        serde_json::json!({ "type": "object", "required": ["a"], "properties": { "a": { "type": "integer", "minimum": 0 } } });
    assert_eq!(faults(&schema, &serde_json::json!({ "a": 1 })), Vec::<String>::new());
    for bad in [serde_json::json!({}), serde_json::json!({ "a": "1" }), serde_json::json!({ "a": -1 }), serde_json::json!([])] {
        assert_eq!(faults(&schema, &bad).len(), 1, "{bad}");
    }
}
