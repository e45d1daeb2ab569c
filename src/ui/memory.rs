//! Keeps memory that was let go of.

/// About the most the GNU C library can be talked into.
const LARGEST: usize = 32 * 1024 * 1024 - 64 * 1024;

/// Has the memory of one frame kept for the next. A frame of a large diagram fills some megabytes with triangles and lets
/// go of them. The GNU C library would hand so much back to the system each time, and getting it again costs more than the
/// triangles; but it keeps twice what was once asked for and let go of in one piece (mallopt(3), `M_MMAP_THRESHOLD`).
/// Elsewhere this does nothing.
pub fn keep_memory() {
    drop(std::hint::black_box(Vec::<u8>::with_capacity(LARGEST)));
}
