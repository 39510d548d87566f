/// One line of input.
public enum InputLine: Hashable, Sendable {
  /// The bytes without their line end.
  case bytes([UInt8])
  /// A line longer than the limit, whose bytes were dropped.
  case tooLong
}

/// Reads lines from a file descriptor, such as standard input, as they arrive.
///
/// A line is returned as soon as its end was received; memory is bounded by the limit of a line's length.
public struct LineReader: ~Copyable {
  private let descriptor: Int32
  private let name: String
  private var splitter: LineSplitter

  /// The number of the line that `next` returned last; 0 before the first.
  public var number: Int { splitter.number }

  /// Creates a reader; the descriptor stays the caller's to close.
  ///
  /// - Parameters:
  ///   - name: what messages call the input.
  ///   - limit: the longest accepted line in bytes, 16 MiB unless given.
  public init(fileDescriptor: Int32, name: String, limit: Int = 16 << 20) {
    descriptor = fileDescriptor
    self.name = name
    splitter = LineSplitter(limit: limit)
  }

  /// The next line, or nil at the end of the input.
  ///
  /// Waits for input.
  public mutating func next() throws(SourceFailure) -> InputLine? {
    while true {
      if let line = received() { return line }
      if try receive() == .end { return last() }
    }
  }

  /// What receiving met.
  public enum Reception: Sendable {
    /// Bytes came.
    case bytes
    /// The input has ended.
    case end
  }

  /// The next line among the bytes that were received, or nil when more must come.
  public mutating func received() -> InputLine? { splitter.next().map(Self.copy) }

  /// Receives bytes; waits until there are some.
  public mutating func receive() throws(SourceFailure) -> Reception {
    let (descriptor, name) = (descriptor, name)
    let count = try splitter.fill { (room) throws(SourceFailure) in
      try readBytes(from: descriptor, into: room, name: name)
    }
    return count == 0 ? .end : .bytes
  }

  /// A last line without its line end, or nil when there is none; to be asked once, after the end.
  public mutating func last() -> InputLine? { splitter.last().map(Self.copy) }

  private static func copy(_ line: SplitLine) -> InputLine {
    switch line {
    case .complete(let bytes): .bytes(Array(bytes))
    case .tooLong: .tooLong
    }
  }
}
