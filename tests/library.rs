//! The built-in threat library is sound and complete.

use palisade::library::Library;

#[test]
fn the_builtin_library_loads() {
    let library = Library::builtin();
    assert_eq!(library.fault, None);
    assert_eq!(library.rules().count(), 175);
    assert_eq!(library.controls.len(), 120);
    assert_eq!(library.tags.iter().count(), 87);
    let by_depth = |d| library.rules().filter(|(_, r)| r.depth <= d).count();
    assert_eq!([by_depth(1), by_depth(2), by_depth(3)], [67, 139, 175]);
}
