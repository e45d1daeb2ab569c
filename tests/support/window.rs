//! Windows for tests: drawn by the CPU renderer, stepped at 60 frames a second.

use super::renderer::CpuRenderer;
use egui_kittest::{Harness, HarnessBuilder, SnapshotOptions};

/// A harness of this size in points. `run()` settles or fails: nothing may repaint when nothing moves.
pub fn window<State>(width: f32, height: f32) -> HarnessBuilder<State> {
    Harness::builder()
        .with_size([width, height])
        // With larger steps two clicks are not recognised as a double click.
        .with_step_dt(1.0 / 60.0)
        // One second, enough for every animation to end.
        .with_max_steps(60)
        .renderer(CpuRenderer::default())
}

/// Compares the window with `tests/snapshots/NAME.png`; `UPDATE_SNAPSHOTS=1` accepts the new picture.
///
/// Take few of them: assert on what the window says wherever that is enough.
#[track_caller]
pub fn snapshot<State>(harness: &mut Harness<'_, State>, name: &str) {
    harness.run();
    harness.remove_cursor();
    harness.run();
    // Rasterisers use what the processor offers; a handful of pixels may round another way elsewhere.
    harness.snapshot_options(name, &SnapshotOptions::new().max_failed_pixels(150));
}
