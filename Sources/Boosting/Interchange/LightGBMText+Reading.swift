extension LightGBMText {
  private static let headerFields: Set<String> = [
    "version", "num_class", "num_tree_per_iteration", "label_index", "max_feature_idx", "objective", "feature_names",
    "monotone_constraints", "feature_infos", "tree_sizes",
  ]
  private static let treeFields: Set<String> = [
    "num_leaves", "num_cat", "split_feature", "split_gain", "threshold", "decision_type", "left_child", "right_child",
    "leaf_value", "leaf_weight", "leaf_count", "internal_value", "internal_weight", "internal_count", "is_linear",
    "shrinkage",
  ]

  /// The trees of a model that LightGBM stored, whose sum is the log-odds of the event.
  ///
  /// The objective must be `binary`; its `sigmoid` s, where it is not 1, is multiplied into the leaves, because
  /// LightGBM's probability is 1 / (1 + e^(−s · sum)). A split goes where LightGBM's goes for every value:
  ///
  /// | missing | read as |
  /// |---|---|
  /// | None | NaN goes where 0 goes |
  /// | NaN | NaN goes to the missing side |
  /// | Zero | NaN and zero go to the missing side; refused when zero would have to pass values between it and the threshold |
  ///
  /// - Parameters:
  ///   - text: The text model, version 3 or 4.
  ///   - file: How faults name the file.
  /// - Throws: The first fault. Refused are averages of trees (random forests), several classes, other objectives,
  ///   categorical splits, linear leaves, unknown, missing or repeated fields, and numbers that are not finite.
  public static func parse(_ text: String, file: String) throws(LightGBMFault) -> TreeEnsemble {
    var lines = Lines(text: text, file: file)
    let header = try readHeader(&lines)
    let names = try columnNames(header)
    let scale = try sigmoid(header)
    let sizes = try header.words("tree_sizes")
    var trees: [RegressionTree] = []
    while let number = try lines.nextTree() {
      guard number == "\(trees.count)" else {
        throw lines.fault("Tree", "tree \(trees.count) must come here, not '\(number)'")
      }
      var fields = LightGBMFields(file: file, firstLine: lines.number)
      while let line = lines.next(), !line.isEmpty {
        try fields.insert(line, line: lines.number, known: treeFields)
      }
      trees.append(try LightGBMTree(fields, columnCount: names.count).tree(scale: scale))
    }
    guard trees.count == sizes.count else {
      throw header.fault("tree_sizes", "\(sizes.count) trees are announced and \(trees.count) are there")
    }
    guard let ensemble = TreeEnsemble(columnNames: names, base: 0, trees: trees) else {
      throw header.fault("leaf_value", "the sum of the trees can be too large for a number")
    }
    return ensemble
  }

  private static func readHeader(_ lines: inout Lines) throws(LightGBMFault) -> LightGBMFields {
    guard lines.next() == "tree" else { throw lines.fault("tree", "the first line of a model must be 'tree'") }
    var header = LightGBMFields(file: lines.file, firstLine: 1)
    while let line = lines.peek, !line.hasPrefix("Tree="), line != "end of trees" {
      _ = lines.next()
      if !line.isEmpty { try header.insert(line, line: lines.number, known: headerFields) }
    }
    let version = try header.text("version")
    guard ["v3", "v4"].contains(version) else {
      throw header.fault("version", "'\(version)' is not read, only v3 and v4")
    }
    try header.require("num_class", "1", else: "only models of one class are read")
    try header.require("num_tree_per_iteration", "1", else: "only one tree at a time is read")
    return header
  }

  private static func columnNames(_ header: LightGBMFields) throws(LightGBMFault) -> [String] {
    let names = try header.words("feature_names").map(String.init)
    guard try header.integer("max_feature_idx") == names.count - 1 else {
      throw header.fault("max_feature_idx", "\(names.count) feature names do not fit it")
    }
    return names
  }

  /// What the sum of the trees is multiplied by to be log-odds.
  private static func sigmoid(_ header: LightGBMFields) throws(LightGBMFault) -> Double {
    let objective = try header.words("objective")
    guard objective.count == 2, objective[0] == "binary", objective[1].hasPrefix("sigmoid:") else {
      let text = try header.text("objective")
      throw header.fault("objective", "only 'binary sigmoid:…' is read, not '\(text)'")
    }
    guard let scale = Double(objective[1].dropFirst("sigmoid:".count)), scale > 0, scale.isFinite else {
      throw header.fault("objective", "the sigmoid must be a number above zero")
    }
    return scale
  }

  /// The lines of a text, one after the other.
  private struct Lines {
    let file: String
    /// The number of the line that was read last, counted from 1.
    private(set) var number = 0
    private let lines: [Substring]

    init(text: String, file: String) {
      self.file = file
      lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
        Substring(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
      }
    }

    var peek: Substring? { number < lines.count ? lines[number] : nil }

    mutating func next() -> Substring? {
      guard let line = peek else { return nil }
      number += 1
      return line
    }

    func fault(_ field: String, _ reason: String) -> LightGBMFault {
      LightGBMFault(file: file, line: max(number, 1), field: field, reason: reason)
    }

    /// What the next tree is numbered; nil at the end of the trees.
    mutating func nextTree() throws(LightGBMFault) -> Substring? {
      while let line = next() {
        if line.isEmpty { continue }
        if line == "end of trees" { return nil }
        guard line.hasPrefix("Tree=") else { throw fault("Tree", "a tree or 'end of trees' must come here") }
        return line.dropFirst("Tree=".count)
      }
      throw fault("Tree", "the text ends before 'end of trees'")
    }
  }
}
