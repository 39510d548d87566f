package import Checkpoints

/// A summary of consecutive snapshots that can be made from the summaries of two consecutive parts.
///
/// `joined` must be associative up to rounding.
package protocol WindowSummary: Sendable {
  /// What is kept of one snapshot.
  associatedtype Element: StateValue

  /// The summary of one snapshot.
  init(_ element: Element)

  /// The summary of this part followed by a later part.
  func joined(with later: Self) -> Self
}

/// Summaries over sliding windows by two stacks, free of drift.
///
/// Nothing is ever subtracted: a window's summary is joined from snapshots in the window only, so values that have left
/// leave no residue, and an enormous value that passes through costs no later precision. Older snapshots of a window are
/// kept as suffix summaries on a stack, newer ones as one running summary; when the stack is used up it is rebuilt from
/// the values.
///
/// - Complexity: O(windows) amortised per snapshot; a rebuild is O(snapshots in the window).
package struct SlidingAggregate<Summary: WindowSummary>: Sendable {
  private struct Window: Sendable {
    /// Suffix summaries up to `split`, the longest last.
    var stack: [Summary] = []
    /// The first position that the stack does not cover.
    var split = 0
    /// The summary of `split ..< end`.
    var recent: Summary?
  }

  private var elements = Ring<Summary.Element>()
  private var windows: [Window]

  /// Creates empty windows.
  package init(windowCount: Int) {
    windows = [Window](repeating: Window(), count: windowCount)
  }

  /// Adds the newest snapshot; `windows` must hold its time already.
  package mutating func append(_ element: Summary.Element, in windows: TimeWindows) {
    elements.append(element, keepingFrom: windows.oldest)
    let summary = Summary(element)
    for window in self.windows.indices {
      self.windows[window].recent = self.windows[window].recent?.joined(with: summary) ?? summary
    }
  }

  /// The summary of the snapshots in a window, or nil when there are none.
  package mutating func summary(of window: Int, in windows: TimeWindows) -> Summary? {
    let head = windows.heads[window]
    let end = elements.end
    if head >= end { return nil }
    if head >= self.windows[window].split {
      rebuild(window, head: head, end: end)
      self.windows[window].recent = nil
    }
    let surplus = self.windows[window].stack.count - (self.windows[window].split - head)
    if surplus > 0 { self.windows[window].stack.removeLast(surplus) }
    guard let older = self.windows[window].stack.last else { return nil }
    guard let recent = self.windows[window].recent else { return older }
    return older.joined(with: recent)
  }

  private mutating func rebuild(_ window: Int, head: Int, end: Int) {
    windows[window].stack.removeAll(keepingCapacity: true)
    windows[window].split = end
    guard head < end else { return }
    var suffix = Summary(elements[end - 1])
    windows[window].stack.append(suffix)
    for position in stride(from: end - 2, through: head, by: -1) {
      suffix = Summary(elements[position]).joined(with: suffix)
      windows[window].stack.append(suffix)
    }
  }
}

extension SlidingAggregate: Resumable {
  /// Summaries are no memory of their own: they are joined again, in the order in which they were joined first.
  package mutating func exchange(with archive: inout StateArchive) throws(StateFault) {
    try archive.exchange(&elements)
    for window in windows.indices {
      var split = windows[window].split
      try archive.exchange(&split)
      var covered = min(windows[window].stack.count, max(0, split - elements.start))
      try archive.exchange(&covered)
      if archive.direction == .writing { continue }
      guard 0...elements.end ~= split, 0...max(0, split - elements.start) ~= covered else {
        throw StateFault("a summary covers what is not kept")
      }
      rebuild(window, head: split - covered, end: split)
      windows[window].recent = recent(from: split)
    }
  }

  /// The summary of the snapshots from a position on; nil when there are none, or when some are forgotten.
  private func recent(from split: Int) -> Summary? {
    guard elements.start <= split, split < elements.end else { return nil }
    return (split + 1..<elements.end).reduce(Summary(elements[split])) { $0.joined(with: Summary(elements[$1])) }
  }
}
