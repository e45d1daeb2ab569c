//! Stretches of one axis found by where they are.

/// Stretches sorted into strips of equal width.
pub(super) struct Strips {
    from: f32,
    width: f32,
    lists: Vec<Vec<u32>>,
    /// The first strip of each stretch.
    begins: Vec<usize>,
}

impl Strips {
    pub fn new(stretches: impl Iterator<Item = (f32, f32)> + Clone) -> Strips {
        let (from, to, count) = stretches
            .clone()
            .fold((f32::INFINITY, f32::NEG_INFINITY, 0usize), |(from, to, n), (a, b)| (from.min(a), to.max(b), n + 1));
        if count == 0 {
            return Strips { from: 0.0, width: 1.0, lists: Vec::new(), begins: Vec::new() };
        }
        let strips = count.clamp(1, 512);
        let width = ((to - from) / strips as f32).max(1.0);
        let mut out = Strips { from, width, lists: vec![Vec::new(); strips + 1], begins: Vec::with_capacity(count) };
        for (n, (a, b)) in (0..).zip(stretches) {
            let (first, last) = (out.strip(a), out.strip(b));
            out.begins.push(first);
            out.lists.get_mut(first..=last).into_iter().flatten().for_each(|list| list.push(n));
        }
        out
    }

    fn strip(&self, at: f32) -> usize {
        // Negative numbers become 0.
        (((at - self.from) / self.width) as usize).min(self.lists.len().saturating_sub(1))
    }

    /// The numbers of all stretches that may reach to a place.
    pub fn at(&self, at: f32) -> &[u32] {
        self.lists.get(self.strip(at)).map_or(&[], Vec::as_slice)
    }

    /// The numbers of all stretches that may share something with this one, each once.
    pub fn over(&self, a: f32, b: f32) -> impl Iterator<Item = u32> {
        let (first, last) = (self.strip(a), self.strip(b));
        let lists = (first..).zip(self.lists.get(first..=last).into_iter().flatten());
        // The first strip both reach into tells it.
        lists.flat_map(move |(strip, list)| {
            list.iter().copied().filter(move |n| self.begins.get(*n as usize).is_some_and(|begin| first.max(*begin) == strip))
        })
    }
}
