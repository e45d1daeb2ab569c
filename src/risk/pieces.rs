//! Work shared out to several hands. What comes out does not depend on how many there are.

use crate::progress::Runner;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};

/// Items one hand takes at a time.
const PIECE: usize = 64;
/// Fewer items are done by one.
const FEW: usize = 2 * PIECE;

/// What `each` makes of every item, in order. Every hand has a memo of its own, as long as there are enough of them.
pub(super) fn of_each<T: Sync, M: Send, R: Send + Sync>(
    runner: &dyn Runner,
    memos: &mut [M],
    items: &[T],
    each: impl Fn(&T, &mut M) -> R + Sync,
) -> Vec<R> {
    if runner.width() < 2 || items.len() < FEW {
        let memo = memos.first_mut().into_iter();
        return memo.flat_map(|memo| items.iter().map(|item| each(item, memo)).collect::<Vec<R>>()).collect();
    }
    let pieces: Vec<(&[T], OnceLock<Vec<R>>)> = items.chunks(PIECE).map(|piece| (piece, OnceLock::new())).collect();
    let memos: Vec<Mutex<&mut M>> = memos.iter_mut().map(Mutex::new).collect();
    let next = AtomicUsize::new(0);
    runner.run(&|hand| {
        let Some(mut memo) = memos.get(hand).and_then(|memo| memo.lock().ok()) else { return };
        while let Some((piece, made)) = pieces.get(next.fetch_add(1, Ordering::Relaxed)) {
            made.get_or_init(|| piece.iter().map(|item| each(item, &mut memo)).collect());
        }
    });
    pieces.into_iter().filter_map(|(_, made)| made.into_inner()).flatten().collect()
}

/// Does both, maybe at once.
pub(super) fn both(runner: &dyn Runner, a: impl FnOnce() + Send, b: impl FnOnce() + Send) {
    let waiting: Mutex<Vec<Box<dyn FnOnce() + Send>>> = Mutex::new(vec![Box::new(b), Box::new(a)]);
    let take = || waiting.lock().ok().and_then(|mut waiting| waiting.pop());
    runner.run(&|_| {
        while let Some(work) = take() {
            work();
        }
    });
}
