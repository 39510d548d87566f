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
/// leave no residue, and an enormous value that passes through costs no later precision. Of the older snapshots of a
/// window the summaries of all suffixes are kept, of the newer ones a running summary; when a window has left the
/// suffixes behind they are rebuilt from the values.
///
/// - Complexity: O(windows) amortised per snapshot; a rebuild is O(snapshots in the window).
package struct SlidingAggregate<Summary: WindowSummary>: Sendable {
  fileprivate struct Window: Sendable {
    /// The summary of each run of elements up to `split`, the shortest first.
    var suffixes: [Summary] = []
    /// The first position that the suffixes do not cover.
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
  package mutating func append(_ element: Summary.Element, in windows: borrowing TimeWindows) {
    elements.append(element, keepingFrom: windows.oldest)
    let summary = Summary(element)
    for window in self.windows.indices { self.windows[window].append(summary) }
  }

  /// The summary of the snapshots in a window, or nil when there are none.
  package mutating func summary(of window: Int, in windows: borrowing TimeWindows) -> Summary? {
    let head = windows.heads[window]
    return head < elements.end ? self.windows[window].summary(from: head, of: elements) : nil
  }
}

extension SlidingAggregate.Window {
  mutating func append(_ summary: Summary) {
    recent = recent?.joined(with: summary) ?? summary
  }

  /// The summary of the elements from a position on, which is kept and not before that of the last time.
  mutating func summary(from head: Int, of elements: borrowing Ring<Summary.Element>) -> Summary? {
    if head >= split {
      rebuild(from: head, to: elements.end, of: elements)
      recent = nil
    }
    let length = split - head
    guard length <= suffixes.count else { return nil }
    guard let recent else { return suffixes[length - 1] }
    return suffixes[length - 1].joined(with: recent)
  }

  mutating func rebuild(from head: Int, to end: Int, of elements: borrowing Ring<Summary.Element>) {
    suffixes.removeAll(keepingCapacity: true)
    split = end
    guard head < end else { return }
    // An eighth more than is needed, because the next run may be a little longer; growing by doubling would copy.
    if suffixes.capacity < end - head { suffixes.reserveCapacity((end - head) / 8 * 9 + 1) }
    var suffix = Summary(elements[end - 1])
    suffixes.append(suffix)
    for position in stride(from: end - 2, through: head, by: -1) {
      suffix = Summary(elements[position]).joined(with: suffix)
      suffixes.append(suffix)
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
      var covered = min(windows[window].suffixes.count, max(0, split - elements.start))
      try archive.exchange(&covered)
      if archive.direction == .writing { continue }
      guard 0...elements.end ~= split, 0...max(0, split - elements.start) ~= covered else {
        throw StateFault("a summary covers what is not kept")
      }
      windows[window].rebuild(from: split - covered, to: split, of: elements)
      windows[window].recent = recent(from: split)
    }
  }

  /// The summary of the snapshots from a position on; nil when there are none, or when some are forgotten.
  private func recent(from split: Int) -> Summary? {
    guard elements.start <= split, split < elements.end else { return nil }
    return (split + 1..<elements.end).reduce(Summary(elements[split])) { $0.joined(with: Summary(elements[$1])) }
  }
}
