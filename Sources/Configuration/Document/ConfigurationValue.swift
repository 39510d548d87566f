internal import Markets
internal import Yams

/// One setting's value with its place in the file.
struct ConfigurationValue {
  let node: Node
  let file: String
  let path: [String]
  let line: Int?

  func fault(_ reason: String) -> ConfigurationFault {
    ConfigurationFault(
      file: file, line: node.mark?.line ?? line, setting: path.joined(separator: "."), reason: reason)
  }

  func section() throws(ConfigurationFault) -> ConfigurationSection {
    guard let mapping = node.mapping else { throw fault("expected settings below this one") }
    return try ConfigurationSection(mapping, file: file, path: path, line: line)
  }

  func list() throws(ConfigurationFault) -> [ConfigurationValue] {
    guard let sequence = node.sequence else { throw fault("expected a list such as [a, b]") }
    return sequence.enumerated().map { index, element in
      ConfigurationValue(node: element, file: file, path: path + ["\(index + 1)"], line: element.mark?.line ?? line)
    }
  }

  func list<Element>(
    of read: (ConfigurationValue) throws(ConfigurationFault) -> Element
  ) throws(ConfigurationFault) -> [Element] {
    var elements: [Element] = []
    for value in try list() { elements.append(try read(value)) }
    return elements
  }

  /// Words, each once.
  func names() throws(ConfigurationFault) -> [String] {
    var names: [String] = []
    for element in try list() {
      let name = try element.text()
      if names.contains(name) { throw element.fault("'\(name)' stands twice") }
      names.append(name)
    }
    return names
  }

  func text() throws(ConfigurationFault) -> String {
    guard let text = node.scalar?.string, !text.isEmpty else { throw fault("expected a word") }
    return text
  }

  /// A finite number.
  func number() throws(ConfigurationFault) -> Double {
    guard let text = node.scalar?.string, let number = Double(text), number.isFinite else {
      throw fault("expected a number")
    }
    return number
  }

  /// A finite number inside a range, both ends included.
  func number(in range: ClosedRange<Double>) throws(ConfigurationFault) -> Double {
    let number = try number()
    guard range.contains(number) else {
      throw fault("\(number) is outside \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  func integer(in range: ClosedRange<Int>) throws(ConfigurationFault) -> Int {
    guard let text = node.scalar?.string, let integer = Int(text) else { throw fault("expected a whole number") }
    guard range.contains(integer) else {
      throw fault("\(integer) is outside \(range.lowerBound) to \(range.upperBound)")
    }
    return integer
  }

  func seed() throws(ConfigurationFault) -> UInt64 {
    guard let text = node.scalar?.string, let seed = UInt64(text) else {
      throw fault("expected a whole number from 0 to 2^64 − 1")
    }
    return seed
  }

  /// A length of time that is not negative.
  func span() throws(ConfigurationFault) -> TimeSpan {
    guard let text = node.scalar?.string, let span = TimeSpan(text) else {
      throw fault("expected a length of time such as 30s, 15m, 2h or 7d")
    }
    return span
  }

  func timestamp() throws(ConfigurationFault) -> Timestamp {
    guard let text = node.scalar?.string, let instant = Timestamp(text) else {
      throw fault("expected an instant such as 2025-10-10T21:00:00Z")
    }
    return instant
  }

  func basisPoints() throws(ConfigurationFault) -> BasisPoints {
    guard let text = node.scalar?.string, let rate = BasisPoints(text) else {
      throw fault("expected a rate in basis points such as 100bp")
    }
    return rate
  }

  func market() throws(ConfigurationFault) -> MarketName {
    guard let name = MarketName(try text()) else { throw fault("expected a market's name") }
    return name
  }

  /// One of the cases of an enumeration, by its raw text.
  func choice<Choice: RawRepresentable & CaseIterable>(
    of type: Choice.Type
  ) throws(ConfigurationFault) -> Choice where Choice.RawValue == String {
    let text = try text()
    guard let choice = Choice(rawValue: text) else {
      let names = type.allCases.map(\.rawValue).joined(separator: ", ")
      throw fault("'\(text)' is not one of \(names)")
    }
    return choice
  }
}
