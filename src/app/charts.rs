//! Charts of the dashboard as files.

use super::App;
use super::jobs::{Done, Purpose};
use crate::chart::{Figure, Topic, csv, page};
use crate::disk;
use crate::picture::{Format, Options, scene_file};
use crate::progress::Quiet;
use crate::ui::{self, ChartFile};
use std::path::{Path, PathBuf};

/// Size of a chart as a page of its own.
const WIDE: f32 = 960.0;
const HIGH: f32 = 600.0;

impl App {
    pub(super) fn save_chart(&mut self, topic: Topic, file: ChartFile) {
        self.choose(Purpose::Chart(topic, file));
    }

    /// Writes the chart as it is now, beside the window.
    pub(super) fn write_chart(&mut self, topic: Topic, file: ChartFile, path: PathBuf) {
        let ctx = self.jobs.context().clone();
        let figure = self.with_view(&ctx, |cx| {
            let steps = ui::roadmap_steps(cx);
            Figure::of(topic, &ui::chart_sources(cx, &steps))
        });
        let day = self.services.today;
        self.work("Drawing the chart", move |_| {
            let bytes = match file {
                ChartFile::Csv => Ok(csv(&figure).into_bytes()),
                ChartFile::Svg | ChartFile::Png => {
                    let format = if file == ChartFile::Svg { Format::Svg } else { Format::Png };
                    let options = Options { format, theme: crate::theme::Theme::Paper, scale: 2.0, ..Options::default() };
                    let options = Options { holds_model: false, is_transparent: false, ..options };
                    scene_file(&page(&figure, WIDE, HIGH), figure.title, &figure.words(), &options, day, &Quiet)
                        .map_err(|e| e.to_string())
                }
            };
            let written = bytes.and_then(|bytes| disk::write(&path, &bytes).map_err(|e| e.to_string()));
            Done::Drawn(match written {
                Ok(()) => Ok(format!("The chart is in {}", path.display())),
                Err(why) => Err(format!("The chart was not written. {why}")),
            })
        });
    }
}

/// "shop-by-boundary.svg".
pub(super) fn suggested(topic: Topic, file: ChartFile, plain: &str) -> String {
    let name = topic.label().to_lowercase().replace(' ', "-");
    format!("{plain}-{name}.{}", file.ending())
}

pub(super) fn has_ending(file: ChartFile, path: &Path) -> bool {
    path.extension().is_some_and(|end| end.eq_ignore_ascii_case(file.ending()))
}
