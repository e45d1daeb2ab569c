//! A moment of the audit log: a day and the minute of it, in UTC, without a clock.

use super::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A minute in UTC, written `2026-11-22T14:05Z` (ISO 8601).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    pub date: Date,
    /// Minute of the day, 0 to 1439.
    minute: u16,
}

/// The text is not a moment in the form `YYYY-MM-DDTHH:MMZ`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a moment; write it as YYYY-MM-DDTHH:MMZ, for example 2026-03-31T09:30Z")]
pub struct MomentError(String);

impl Default for Moment {
    /// The beginning of 1970, as machines count.
    fn default() -> Moment {
        Moment { date: Date::EPOCH, minute: 0 }
    }
}

impl Moment {
    /// `None` unless hour and minute exist.
    pub fn new(date: Date, hour: u16, minute: u16) -> Option<Moment> {
        (hour < 24 && minute < 60).then_some(Moment { date, minute: hour * 60 + minute })
    }

    /// The moment of a count of seconds since 1970-01-01.
    pub fn from_unix_seconds(seconds: u64) -> Option<Moment> {
        let date = Date::from_unix_days(i64::try_from(seconds / 86_400).ok()?)?;
        Some(Moment { date, minute: (seconds % 86_400 / 60) as u16 })
    }

    /// Minutes from here to a later moment; negative to an earlier one.
    pub fn minutes_until(self, later: Moment) -> i64 {
        self.date.days_until(later.date) * 1440 + i64::from(later.minute) - i64::from(self.minute)
    }

    /// "14:05".
    pub fn time(self) -> String {
        format!("{:02}:{:02}", self.minute / 60, self.minute % 60)
    }

    /// For people: "2 October 2026, 14:05 UTC".
    pub fn long(self) -> String {
        format!("{}, {} UTC", self.date.long(), self.time())
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{}Z", self.date, self.time())
    }
}

impl FromStr for Moment {
    type Err = MomentError;
    fn from_str(s: &str) -> Result<Moment, MomentError> {
        let read = || {
            let (date, time) = s.strip_suffix('Z')?.split_once('T')?;
            let (hour, minute) = time.split_once(':')?;
            let number = |t: &str| t.parse::<u16>().ok().filter(|_| t.len() == 2 && t.bytes().all(|b| b.is_ascii_digit()));
            Moment::new(date.parse().ok()?, number(hour)?, number(minute)?)
        };
        read().ok_or_else(|| MomentError(s.chars().take(40).collect()))
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Moment, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_as_it_is_written() {
        for good in ["2026-11-22T14:05Z", "2026-11-22T00:00Z", "2026-11-22T23:59Z"] {
            assert_eq!(good.parse::<Moment>().unwrap().to_string(), good);
        }
        for bad in ["2026-11-22", "2026-11-22T24:00Z", "2026-11-22T12:60Z", "2026-11-22T12:5Z", "2026-11-22T+1:05Z", ""] {
            assert!(bad.parse::<Moment>().is_err(), "{bad}");
        }
        assert_eq!(Moment::from_unix_seconds(1_795_269_959).unwrap().to_string(), "2026-11-21T14:05Z");
    }
}
