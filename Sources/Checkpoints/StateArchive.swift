/// The bytes of remembered state, which one code writes and reads in one order.
///
/// Every part says once which of its fields it remembers, `try archive.exchange(&field)`, and that one statement writes
/// the field to an archive made for writing and sets it from an archive made for reading. So the two orders cannot
/// differ. Fields carry no names: only a program with the same order can read the bytes, which the file around them must
/// make sure of. All bits of a number survive, those of NaN too; bytes are little-endian on every machine.
package struct StateArchive: Sendable {
  /// What an exchange does.
  package enum Direction: Sendable {
    /// Fields become bytes.
    case writing
    /// Bytes become fields.
    case reading
  }

  /// What exchanges do.
  package let direction: Direction
  /// What was written, or is being read.
  package private(set) var bytes: [UInt8]
  private var position = 0

  /// Creates an empty archive for writing; one that is told how many bytes to expect need not move them.
  package init(expecting count: Int = 0) {
    direction = .writing
    bytes = []
    bytes.reserveCapacity(count)
  }

  /// Creates an archive for reading what another one holds.
  package init(reading bytes: [UInt8]) {
    direction = .reading
    self.bytes = bytes
  }

  /// The number of bytes that were not read yet.
  package var remaining: Int { bytes.count - position }

  /// Makes sure that everything was read.
  package func finish() throws(StateFault) {
    if direction == .reading, remaining > 0 { throw StateFault("\(remaining) bytes are left over") }
  }

  /// Appends a number's bytes, the lowest first.
  package mutating func write(_ bits: UInt64) {
    withUnsafeBytes(of: bits.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// The next number.
  package mutating func readBits() throws(StateFault) -> UInt64 {
    guard remaining >= 8 else { throw StateFault("it ends too early") }
    defer { position += 8 }
    return UInt64(
      littleEndian: bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: position, as: UInt64.self) })
  }

  /// Appends text, its length first.
  package mutating func write(_ text: String) {
    write(UInt64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  /// The next text.
  package mutating func readText() throws(StateFault) -> String {
    let length = try readCount()
    defer { position += length }
    guard let text = String(validating: bytes[position..<position + length], as: UTF8.self) else {
      throw StateFault("a text is not UTF-8")
    }
    return text
  }

  /// The next number of things that follow, each of which takes at least one byte.
  package mutating func readCount() throws(StateFault) -> Int {
    guard let count = Int(exactly: try readBits()), count <= remaining else {
      throw StateFault("a count is larger than what follows")
    }
    return count
  }
}

extension StateArchive {
  /// Writes a value, or replaces it by the one that was written.
  package mutating func exchange<Value: StateValue>(_ value: inout Value) throws(StateFault) {
    switch direction {
    case .writing: value.write(to: &self)
    case .reading: value = try Value(from: &self)
    }
  }

  /// Writes a part's memory, or restores it.
  package mutating func exchange(_ part: inout some Resumable) throws(StateFault) {
    try part.exchange(with: &self)
  }

  /// Writes the memories of a list of parts that grows with the stream, or restores list and memories.
  ///
  /// - Parameter blank: A part that remembers nothing yet.
  package mutating func exchange<Part: Resumable>(parts: inout [Part], blank: Part) throws(StateFault) {
    switch direction {
    case .writing: write(UInt64(parts.count))
    case .reading: parts = [Part](repeating: blank, count: try readCount())
    }
    for index in parts.indices { try parts[index].exchange(with: &self) }
  }

  /// Writes the memories of parts whose number is a setting, or restores them.
  package mutating func exchange(fixed parts: inout [some Resumable]) throws(StateFault) {
    for index in parts.indices { try parts[index].exchange(with: &self) }
  }

  /// Writes the memory of a part that may be absent, or restores it.
  ///
  /// What a part remembered that is absent now is passed over; one that remembered nothing yet stays as it is.
  ///
  /// - Parameter blank: Such a part that remembers nothing.
  package mutating func exchange<Part: Resumable>(optional part: inout Part?, blank: Part) throws(StateFault) {
    var isPresent = part != nil
    try exchange(&isPresent)
    guard isPresent else { return }
    if part == nil {
      var absent = blank
      try absent.exchange(with: &self)
    } else {
      try part?.exchange(with: &self)
    }
  }

  /// Writes what `body` writes behind a name, or has it read that; what stands behind another name is passed over.
  ///
  /// So a part whose settings have changed, or that is not there any more, begins anew and leaves the rest readable.
  package mutating func exchange(
    named name: String, _ body: (inout StateArchive) throws(StateFault) -> Void
  ) throws(StateFault) {
    switch direction {
    case .writing:
      var part = StateArchive()
      try body(&part)
      write(name)
      write(UInt64(part.bytes.count))
      bytes += part.bytes
    case .reading:
      let found = try readText()
      let length = try readCount()
      defer { position += length }
      guard found == name else { return }
      var part = StateArchive(reading: Array(bytes[position..<position + length]))
      try body(&part)
      try part.finish()
    }
  }

  /// Writes values whose number is a setting, or replaces them by as many.
  package mutating func exchange<Value: StateValue>(fixed values: inout [Value]) throws(StateFault) {
    let count = values.count
    try exchange(&values)
    if values.count != count { throw StateFault("\(values.count) values stand where the settings ask for \(count)") }
  }
}
