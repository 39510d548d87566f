/// A value that an archive keeps whole.
package protocol StateValue: Sendable {
  /// Reads a value.
  init(from archive: inout StateArchive) throws(StateFault)

  /// Writes the value.
  func write(to archive: inout StateArchive)
}

/// A part of a running computation whose memory can be written, and restored in a part with the same settings.
///
/// Settings are no memory: they come from the part that restores.
package protocol Resumable {
  /// Writes the memory to an archive made for writing, or replaces it by what an archive made for reading holds.
  ///
  /// - Throws: `StateFault`, and only when reading; the memory is then undefined.
  mutating func exchange(with archive: inout StateArchive) throws(StateFault)
}

/// A part that remembers nothing.
package protocol Memoryless: Resumable {}

extension Memoryless {
  /// Does nothing.
  package func exchange(with archive: inout StateArchive) {}
}

/// Why remembered state cannot be restored.
package struct StateFault: Error, Hashable, CustomStringConvertible {
  /// The fault in words.
  package let description: String

  /// Creates a fault.
  package init(_ description: String) { self.description = description }
}

extension Bool: StateValue {
  package init(from archive: inout StateArchive) throws(StateFault) {
    switch try archive.readBits() {
    case 0: self = false
    case 1: self = true
    default: throw StateFault("a truth is neither 0 nor 1")
    }
  }

  package func write(to archive: inout StateArchive) { archive.write(self ? 1 : 0 as UInt64) }
}

extension Int: StateValue {
  package init(from archive: inout StateArchive) throws(StateFault) {
    guard let value = Int(exactly: Int64(bitPattern: try archive.readBits())) else {
      throw StateFault("a number is too large for this machine")
    }
    self = value
  }

  package func write(to archive: inout StateArchive) { archive.write(UInt64(bitPattern: Int64(self))) }
}

extension Int64: StateValue {
  package init(from archive: inout StateArchive) throws(StateFault) { self.init(bitPattern: try archive.readBits()) }

  package func write(to archive: inout StateArchive) { archive.write(UInt64(bitPattern: self)) }
}

extension Double: StateValue {
  package init(from archive: inout StateArchive) throws(StateFault) { self.init(bitPattern: try archive.readBits()) }

  package func write(to archive: inout StateArchive) { archive.write(bitPattern) }
}

extension String: StateValue {
  package init(from archive: inout StateArchive) throws(StateFault) { self = try archive.readText() }

  package func write(to archive: inout StateArchive) { archive.write(self) }
}

extension SIMD2: StateValue where Scalar: StateValue {
  package init(from archive: inout StateArchive) throws(StateFault) {
    self.init(try Scalar(from: &archive), try Scalar(from: &archive))
  }

  package func write(to archive: inout StateArchive) {
    for lane in indices { self[lane].write(to: &archive) }
  }
}

extension SIMD4: StateValue where Scalar: StateValue {
  package init(from archive: inout StateArchive) throws(StateFault) {
    self.init(
      try Scalar(from: &archive), try Scalar(from: &archive), try Scalar(from: &archive), try Scalar(from: &archive))
  }

  package func write(to archive: inout StateArchive) {
    for lane in indices { self[lane].write(to: &archive) }
  }
}

extension Optional: StateValue where Wrapped: StateValue {
  package init(from archive: inout StateArchive) throws(StateFault) {
    switch try archive.readBits() {
    case 0: self = nil
    case 1: self = try Wrapped(from: &archive)
    default: throw StateFault("a mark of presence is neither 0 nor 1")
    }
  }

  package func write(to archive: inout StateArchive) {
    archive.write(self == nil ? 0 : 1 as UInt64)
    self?.write(to: &archive)
  }
}

extension Array: StateValue where Element: StateValue {
  package init(from archive: inout StateArchive) throws(StateFault) {
    let count = try archive.readCount()
    self.init()
    reserveCapacity(count)
    for _ in 0..<count { append(try Element(from: &archive)) }
  }

  package func write(to archive: inout StateArchive) {
    archive.write(UInt64(count))
    for element in self { element.write(to: &archive) }
  }
}
