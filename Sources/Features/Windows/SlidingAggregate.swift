/// A summary of consecutive snapshots that can be made from the summaries of two consecutive parts.
///
/// `joined` must be associative up to rounding.
package protocol WindowSummary: Sendable {
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

  private var values = Ring<Summary>()
  private var windows: [Window]

  /// Creates empty windows.
  package init(windowCount: Int) {
    windows = [Window](repeating: Window(), count: windowCount)
  }

  /// Adds the newest snapshot's summary; `windows` must hold its time already.
  package mutating func append(_ summary: Summary, in windows: TimeWindows) {
    values.append(summary, keepingFrom: windows.oldest)
    for window in self.windows.indices {
      self.windows[window].recent = self.windows[window].recent?.joined(with: summary) ?? summary
    }
  }

  /// The summary of the snapshots in a window, or nil when there are none.
  package mutating func summary(of window: Int, in windows: TimeWindows) -> Summary? {
    let head = windows.heads[window]
    let end = values.end
    if head >= end { return nil }
    if head >= self.windows[window].split { rebuild(window, head: head, end: end) }
    let surplus = self.windows[window].stack.count - (self.windows[window].split - head)
    if surplus > 0 { self.windows[window].stack.removeLast(surplus) }
    guard let older = self.windows[window].stack.last else { return nil }
    guard let recent = self.windows[window].recent else { return older }
    return older.joined(with: recent)
  }

  private mutating func rebuild(_ window: Int, head: Int, end: Int) {
    self.windows[window].stack.removeAll(keepingCapacity: true)
    var suffix = values[end - 1]
    self.windows[window].stack.append(suffix)
    for position in stride(from: end - 2, through: head, by: -1) {
      suffix = values[position].joined(with: suffix)
      self.windows[window].stack.append(suffix)
    }
    self.windows[window].split = end
    self.windows[window].recent = nil
  }
}
