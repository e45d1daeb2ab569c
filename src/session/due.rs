//! Days as they are said in a meeting.

use crate::model::Date;

/// "2026-12-18", "3w" for three weeks from today, "10d" for ten days; `None` for what is no day.
pub fn due(text: &str, today: Date) -> Option<Date> {
    let text = text.trim().to_lowercase();
    if let Ok(day) = text.parse() {
        return Some(day);
    }
    let text = text.strip_prefix("in ").unwrap_or(&text);
    let split = text.find(|c: char| !c.is_ascii_digit())?;
    let (many, unit) = text.split_at_checked(split)?;
    let days = match unit.trim() {
        "d" | "day" | "days" => 1,
        "w" | "week" | "weeks" => 7,
        _ => return None,
    };
    // A few years are as far as anybody plans.
    let many = many.parse::<i64>().ok().filter(|many| *many <= 1000)?;
    today.after_days(many * days)
}
