/// Lines of the form `key=value` that belong together, each key once.
struct LightGBMFields {
  let file: String
  /// The line that faults of the whole are reported at.
  let firstLine: Int
  private var values: [Substring: (value: Substring, line: Int)] = [:]

  init(file: String, firstLine: Int) {
    self.file = file
    self.firstLine = firstLine
  }

  /// A fault at the line of a field, or at the first line when the field is not there.
  func fault(_ field: String, _ reason: String) -> LightGBMFault {
    LightGBMFault(file: file, line: values[Substring(field)]?.line ?? firstLine, field: field, reason: reason)
  }

  /// Takes in a line, whose key must be one of `known` and new.
  mutating func insert(_ text: Substring, line: Int, known: Set<String>) throws(LightGBMFault) {
    let mark = text.utf8.firstIndex(of: UInt8(ascii: "="))
    let key = text[..<(mark ?? text.endIndex)]
    func refused(_ reason: String) -> LightGBMFault {
      LightGBMFault(file: file, line: line, field: String(key), reason: reason)
    }
    if key == "average_output" { throw refused("averages of trees are not read, only sums") }
    if key == "cat_boundaries" || key == "cat_threshold" { throw refused("categorical splits are not read") }
    guard let mark else { throw refused("a line must be 'key=value'") }
    guard known.contains(String(key)) else { throw refused("this field is not known") }
    guard values[key] == nil else { throw refused("the field is there twice") }
    values[key] = (text[text.utf8.index(after: mark)...], line)
  }

  /// The text of a field that must be there.
  func text(_ field: String) throws(LightGBMFault) -> Substring {
    guard let entry = values[Substring(field)] else { throw fault(field, "the field is missing") }
    return entry.value
  }

  /// The words of a field, separated by spaces.
  func words(_ field: String) throws(LightGBMFault) -> [Substring] {
    try text(field).utf8.split(separator: UInt8(ascii: " ")).map { Substring($0) }
  }

  func integer(_ field: String) throws(LightGBMFault) -> Int {
    let text = try text(field)
    guard let value = Int(text) else { throw fault(field, "'\(text)' is not a whole number") }
    return value
  }

  /// Refuses the model for `reason` unless a field has the only value that is understood.
  func require(_ field: String, _ expected: String, else reason: String) throws(LightGBMFault) {
    let text = try text(field)
    guard text == expected else { throw fault(field, "\(reason), not '\(text)'") }
  }

  func integers(_ field: String, count: Int) throws(LightGBMFault) -> [Int] {
    try values(field, count: count, kind: "a whole number") { Int($0) }
  }

  /// Finite numbers.
  func numbers(_ field: String, count: Int) throws(LightGBMFault) -> [Double] {
    try values(field, count: count, kind: "a finite number") { word in
      Double(word).flatMap { $0.isFinite ? $0 : nil }
    }
  }

  /// Numbers above −∞.
  func thresholds(_ field: String, count: Int) throws(LightGBMFault) -> [Double] {
    try values(field, count: count, kind: "a number above -inf") { word in
      Double(word).flatMap { $0 > -.infinity ? $0 : nil }
    }
  }

  private func values<Value>(
    _ field: String, count: Int, kind: String, _ value: (Substring) -> Value?
  ) throws(LightGBMFault) -> [Value] {
    let words = try words(field)
    guard words.count == count else { throw fault(field, "\(words.count) values are there and \(count) are needed") }
    var values: [Value] = []
    values.reserveCapacity(count)
    for word in words {
      guard let read = value(word) else { throw fault(field, "'\(word)' is not \(kind)") }
      values.append(read)
    }
    return values
  }
}
