/// One tree as LightGBM's text gives it.
struct LightGBMTree {
  private let fields: LightGBMFields
  private let columnCount: Int
  private let leafCount: Int
  private var splitCount: Int { leafCount - 1 }

  init(_ fields: LightGBMFields, columnCount: Int) throws(LightGBMFault) {
    self.fields = fields
    self.columnCount = columnCount
    leafCount = try fields.integer("num_leaves")
    guard leafCount > 0 else { throw fields.fault("num_leaves", "a tree has at least one leaf") }
    try fields.require("num_cat", "0", else: "categorical splits are not read: it must be 0")
    if (try? fields.text("is_linear")) != nil {
      try fields.require("is_linear", "0", else: "linear leaves are not read: it must be 0")
    }
  }

  /// The tree with every value multiplied by `scale`.
  func tree(scale: Double) throws(LightGBMFault) -> RegressionTree {
    let leaves = try leaves(scale: scale)
    let splits = LightGBMTree.parentsFirst(try splits(scale: scale))
    if let flaw = RegressionTree.flaw(splits: splits, leaves: leaves) { throw fields.fault("Tree", flaw) }
    return RegressionTree(checkedSplits: splits, leaves: leaves)
  }

  private func leaves(scale: Double) throws(LightGBMFault) -> [RegressionTree.Leaf] {
    let values = try fields.numbers("leaf_value", count: leafCount)
    var (rows, hessians) = ([0], [0.0])
    // LightGBM leaves lists empty in a tree without splits.
    if try !fields.words("leaf_count").isEmpty || leafCount > 1 {
      rows = try fields.integers("leaf_count", count: leafCount)
    }
    if try !fields.words("leaf_weight").isEmpty || leafCount > 1 {
      hessians = try fields.numbers("leaf_weight", count: leafCount)
    }
    return values.indices.map { leaf in
      RegressionTree.Leaf(value: values[leaf] * scale, rows: rows[leaf], hessian: hessians[leaf])
    }
  }

  private func splits(scale: Double) throws(LightGBMFault) -> [RegressionTree.Split] {
    guard splitCount > 0 else { return [] }
    let columns = try fields.integers("split_feature", count: splitCount)
    guard columns.allSatisfy({ (0..<columnCount).contains($0) }) else {
      throw fields.fault("split_feature", "a feature is not one of the \(columnCount) that there are")
    }
    let thresholds = try fields.thresholds("threshold", count: splitCount)
    let decisions = try fields.integers("decision_type", count: splitCount)
    let left = try fields.integers("left_child", count: splitCount)
    let right = try fields.integers("right_child", count: splitCount)
    let gains = try fields.numbers("split_gain", count: splitCount)
    let values = try fields.numbers("internal_value", count: splitCount)
    let hessians = try fields.numbers("internal_weight", count: splitCount)
    let rows = try fields.integers("internal_count", count: splitCount)
    var splits: [RegressionTree.Split] = []
    for index in 0..<splitCount {
      let question = try question(split: index, threshold: thresholds[index], decision: decisions[index])
      splits.append(
        RegressionTree.Split(
          column: columns[index], threshold: question.threshold, missing: question.missing, left: left[index],
          right: right[index], gain: gains[index], value: values[index] * scale, rows: rows[index],
          hessian: hessians[index]))
    }
    return splits
  }

  /// The question that sends every value, and NaN, where LightGBM's decision sends it.
  private func question(
    split: Int, threshold: Double, decision: Int
  ) throws(LightGBMFault) -> (threshold: Double, missing: RegressionTree.MissingSide) {
    typealias Decision = LightGBMText.Decision
    guard decision & Decision.isCategorical == 0 else {
      throw fields.fault("decision_type", "split \(split) is categorical, which is not read")
    }
    guard (0..<16).contains(decision), let missing = Decision.Missing(rawValue: decision >> 2) else {
      throw fields.fault("decision_type", "split \(split) has the unknown decision \(decision)")
    }
    let side: RegressionTree.MissingSide = decision & Decision.missingGoesLeft != 0 ? .left : .right
    switch missing {
    case .nan: return (threshold, side)
    case .none: return (threshold, 0 <= threshold ? .left : .right)
    case .zero:
      // Values from −reach to reach are zero and go to the missing side, so the threshold must not lie on the other
      // side of them; one that lies among them moves to their end.
      let reach = LightGBMText.zeroReach
      if side == .left, threshold >= (-reach).nextDown { return (max(threshold, reach), side) }
      if side == .right, threshold <= reach { return (min(threshold, (-reach).nextDown), side) }
      throw fields.fault(
        "decision_type",
        "split \(split) sends zero, as a missing value, \(side.rawValue), apart from its neighbours: such a split is not read"
      )
    }
  }

  /// The splits in an order in which each stands before those below it; as they are when they are no tree.
  private static func parentsFirst(_ splits: [RegressionTree.Split]) -> [RegressionTree.Split] {
    let isInOrder = splits.enumerated().allSatisfy { index, split in
      [split.left, split.right].allSatisfy { $0 < 0 || $0 > index }
    }
    if isInOrder { return splits }
    var order = [0]
    var places = [Int?](repeating: nil, count: splits.count)
    places[0] = 0
    var visited = 0
    while visited < order.count {
      let split = splits[order[visited]]
      visited += 1
      for child in [split.left, split.right] where child >= 0 {
        guard child < splits.count, places[child] == nil else { return splits }
        places[child] = order.count
        order.append(child)
      }
    }
    func renumbered(_ child: Int) -> Int { child >= 0 ? places[child] ?? child : child }
    return order.map { index in
      let split = splits[index]
      return RegressionTree.Split(
        column: split.column, threshold: split.threshold, missing: split.missing, left: renumbered(split.left),
        right: renumbered(split.right), gain: split.gain, value: split.value, rows: split.rows, hessian: split.hessian)
    }
  }
}
