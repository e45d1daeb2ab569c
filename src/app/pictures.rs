//! The diagram, or the selected part of it, as a picture on the clipboard.

use super::jobs::Done;
use super::{App, refusals};
use crate::scene::{self, Bitmap, Look, Scene, Words};
use crate::theme::Theme;

/// Pixels by world unit: sharp on paper and on dense screens.
const SCALE: f32 = 2.0;

impl App {
    /// As SVG, which other programs read as text.
    pub(super) fn copy_as_svg(&mut self, ctx: &egui::Context) {
        let Some(scene) = self.picture() else { return };
        ctx.copy_text(scene::to_svg(&scene, Theme::Light, Words::Text));
        self.views.messages.say(format!("{} is on the clipboard as SVG.", self.what_is_copied()));
    }

    /// As pixels. They are made beside the window, for it may take a moment.
    pub(super) fn copy_as_png(&mut self) {
        let Some(scene) = self.picture() else { return };
        let what = self.what_is_copied();
        self.jobs.start(move |_| Done::Picture { what, pixels: scene::to_pixels(&scene, Theme::Light, SCALE) });
    }

    pub(super) fn note_picture(&mut self, what: &str, pixels: Option<Bitmap>) {
        let Some(pixels) = pixels else {
            return self.views.messages.warn(format!("{what} could not be drawn as a picture; copy it as SVG instead."));
        };
        let image = egui::ColorImage::from_rgba_unmultiplied([pixels.width, pixels.height], &pixels.rgba);
        // Made to forget an older one, which was about something else.
        refusals::take();
        self.jobs.context().copy_image(image);
        // Whether it was refused is known in the next frame.
        self.jobs.context().request_repaint();
        let size = format!("{} × {} pixels", pixels.width, pixels.height);
        self.views.messages.say(format!("{what} is on the clipboard as a picture, {size}."));
    }

    /// Tells what became of a copy that the system did not take.
    pub(super) fn hear_refusals(&mut self) {
        let Some(why) = refusals::take() else { return };
        if let Some(why) = why.strip_prefix("arboard paste error: ") {
            // Which of the two the system does not say: there is nothing on it, or nothing that is text.
            self.views.messages.say(if why.contains("empty") {
                "There is nothing on the clipboard that can be pasted.".into()
            } else {
                format!("The clipboard of the system could not be read: {why}")
            });
        } else {
            let why = why.trim_start_matches("arboard copy/cut error: ");
            let way_out = "Copy as SVG puts it there as text.";
            self.views.messages.warn(format!("The clipboard of the system did not take it: {why} {way_out}"));
        }
    }

    /// On light ground: pictures go into documents and slides.
    fn picture(&mut self) -> Option<Scene> {
        // The whole layout, whatever the window shows meanwhile.
        let layout = scene::lay_out(self.document.model(), &self.diagram);
        let scene = scene::draw(self.document.model(), self.assessed.assessment(), &layout, &Look::default());
        let items = &self.selection.items;
        let scene = if items.is_empty() { scene } else { scene.only(&self.document.model().with_content_and_flows(items)) };
        if scene.items.is_empty() {
            self.views.messages.say("There is nothing on this diagram to copy.".into());
            return None;
        }
        Some(scene)
    }

    fn what_is_copied(&self) -> &'static str {
        if self.selection.items.is_empty() { "The diagram" } else { "The selection" }
    }
}
