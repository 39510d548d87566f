public import Markets

/// One JSON object on one line, written key by key.
///
/// Numbers are written with the fewest digits that read back to the same value; what is not finite becomes null. Keys are
/// literals of which JSON escapes nothing, and are copied as they stand.
public struct JSONLine: Sendable {
  /// The line so far, as UTF-8.
  public private(set) var bytes: [UInt8]
  private var needsComma = false

  /// Creates an empty object.
  public init() { bytes = [UInt8(ascii: "{")] }

  /// Creates an empty object that is written behind what a buffer holds; the buffer is taken out of its variable.
  ///
  /// ``end(into:)`` gives it back.
  public init(appendingTo buffer: inout [UInt8]) {
    bytes = []
    swap(&bytes, &buffer)
    bytes.append(UInt8(ascii: "{"))
  }

  /// Ends the object and the line, and moves all bytes into a variable.
  public mutating func end(into buffer: inout [UInt8]) {
    bytes.append(UInt8(ascii: "}"))
    bytes.append(UInt8(ascii: "\n"))
    swap(&bytes, &buffer)
  }

  /// The object with its closing brace and a line end.
  public func line() -> [UInt8] {
    bytes + [UInt8(ascii: "}"), UInt8(ascii: "\n")]
  }

  /// Adds a text.
  public mutating func add(_ key: StaticString, _ text: String) {
    begin(key)
    append(quoted: text)
  }

  /// Adds a number, or null when it is not finite.
  public mutating func add(_ key: StaticString, _ number: Double) {
    begin(key)
    append(number)
  }

  /// Adds a whole number.
  public mutating func add(_ key: StaticString, _ number: Int) {
    begin(key)
    bytes.append(contentsOf: String(number).utf8)
  }

  /// Adds a truth, or null where it is not known.
  public mutating func add(_ key: StaticString, _ truth: Bool?) {
    begin(key)
    bytes.append(contentsOf: (truth.map { $0 ? "true" : "false" } ?? "null").utf8)
  }

  /// Adds null.
  public mutating func addNull(_ key: StaticString) {
    begin(key)
    bytes.append(contentsOf: "null".utf8)
  }

  /// Adds an object that is written in place.
  public mutating func add(_ key: StaticString, object write: (inout JSONLine) -> Void) {
    begin(key)
    beginObject(at: 0)
    write(&self)
    endObject()
  }

  /// Adds a list with an object for each element, written in place.
  @inlinable
  public mutating func add<Element>(
    _ key: StaticString, objects elements: [Element], _ write: (inout JSONLine, Element) -> Void
  ) {
    beginList(key)
    for (index, element) in elements.enumerated() {
      beginObject(at: index)
      write(&self, element)
      endObject()
    }
    endList()
  }

  @usableFromInline
  mutating func beginList(_ key: StaticString) {
    begin(key)
    bytes.append(UInt8(ascii: "["))
  }

  @usableFromInline
  mutating func endList() {
    bytes.append(UInt8(ascii: "]"))
  }

  @usableFromInline
  mutating func beginObject(at index: Int) {
    if index > 0 { bytes.append(UInt8(ascii: ",")) }
    bytes.append(UInt8(ascii: "{"))
    needsComma = false
  }

  @usableFromInline
  mutating func endObject() {
    bytes.append(UInt8(ascii: "}"))
    needsComma = true
  }

  /// Adds an instant as RFC 3339 text.
  public mutating func add(_ key: StaticString, _ time: Timestamp) {
    begin(key)
    bytes.append(UInt8(ascii: "\""))
    time.appendText(to: &bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Adds an object.
  public mutating func add(_ key: StaticString, object: JSONLine) {
    begin(key)
    bytes.append(contentsOf: object.bytes)
    bytes.append(UInt8(ascii: "}"))
  }

  /// Adds a list of objects.
  public mutating func add(_ key: StaticString, objects: [JSONLine]) {
    begin(key)
    bytes.append(UInt8(ascii: "["))
    for (index, object) in objects.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(contentsOf: object.bytes)
      bytes.append(UInt8(ascii: "}"))
    }
    bytes.append(UInt8(ascii: "]"))
  }

  /// Adds a list of numbers, null for each that is not finite.
  public mutating func add(_ key: StaticString, numbers: [Double]) {
    begin(key)
    bytes.append(UInt8(ascii: "["))
    for (index, number) in numbers.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(number)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  private mutating func begin(_ key: StaticString) {
    let needsComma = needsComma
    self.needsComma = true
    key.withUTF8Buffer { key in
      assert(key.allSatisfy(\.isPlain), "a key would have to be escaped")
      bytes.append(addingCapacity: key.count + 4) { piece in
        if needsComma { piece.append(UInt8(ascii: ",")) }
        piece.append(UInt8(ascii: "\""))
        for byte in key { piece.append(byte) }
        piece.append(UInt8(ascii: "\""))
        piece.append(UInt8(ascii: ":"))
      }
    }
  }

  private mutating func append(_ number: Double) {
    if number.isFinite { DecimalText.append(number, to: &bytes) } else { bytes.append(contentsOf: "null".utf8) }
  }

  private mutating func append(quoted text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { utf8 in
      if utf8.allSatisfy(\.isPlain) { bytes.append(contentsOf: utf8) } else { append(escaping: utf8) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func append(escaping text: UnsafeBufferPointer<UInt8>) {
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""): bytes.append(contentsOf: "\\\"".utf8)
      case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
      case 0x0a: bytes.append(contentsOf: "\\n".utf8)
      case 0x0d: bytes.append(contentsOf: "\\r".utf8)
      case 0x09: bytes.append(contentsOf: "\\t".utf8)
      case 0..<0x20:
        bytes.append(contentsOf: "\\u00".utf8)
        let digits = String(byte, radix: 16)
        bytes.append(contentsOf: (digits.count == 1 ? "0" + digits : digits).utf8)
      default: bytes.append(byte)
      }
    }
  }
}

extension UInt8 {
  /// Whether the byte stands in a JSON string as it is.
  fileprivate var isPlain: Bool { self >= 0x20 && self != UInt8(ascii: "\"") && self != UInt8(ascii: "\\") }
}
