extension LightGBMText {
  /// The classifier as a text that LightGBM loads, whose raw score is the log-odds; see ``text(of:)-(TreeEnsemble)``.
  public static func text(of classifier: BoostedClassifier) -> String { text(of: classifier.ensemble) }

  /// The trees as a text that LightGBM loads, with the objective of a yes-or-no event.
  ///
  /// The base is added to the leaves of the first tree, so that sums agree to rounding. Numbers are the shortest
  /// decimals that give the same bits. In the names of columns, white space and the characters `",:[]{}=`, which the
  /// format cannot hold, become underscores, and an empty name becomes `Column_` and its number.
  public static func text(of ensemble: TreeEnsemble) -> String {
    let names = ensemble.columnNames.enumerated().map { writable(name: $1, column: $0) }
    let trees = shifted(ensemble).enumerated().map { block(of: $1, number: $0) }
    let asked = ensemble.importance.splitCounts
    let header = [
      "tree", "version=v4", "num_class=1", "num_tree_per_iteration=1", "label_index=0",
      "max_feature_idx=\(names.count - 1)", "objective=binary sigmoid:1",
      "feature_names=" + names.joined(separator: " "),
      "feature_infos=" + asked.map { $0 > 0 ? "[-inf:inf]" : "none" }.joined(separator: " "),
      "tree_sizes=" + list(trees.map(\.utf8.count)), "", "",
    ]
    let footer =
      ["end of trees", "", "feature_importances:"] + importanceLines(names: names, splitCounts: asked)
      + ["", "parameters:", "[boosting: gbdt]", "[objective: binary]", "end of parameters", ""]
    return header.joined(separator: "\n") + trees.joined() + footer.joined(separator: "\n")
  }

  /// The trees with the base in the first one.
  private static func shifted(_ ensemble: TreeEnsemble) -> [RegressionTree] {
    let base = ensemble.base
    guard let first = ensemble.trees.first else {
      let leaf = RegressionTree.Leaf(value: base, rows: 0, hessian: 0)
      return [RegressionTree(checkedSplits: [], leaves: [leaf])]
    }
    let leaves = first.leaves.map { RegressionTree.Leaf(value: $0.value + base, rows: $0.rows, hessian: $0.hessian) }
    let splits = first.splits.map { split in
      RegressionTree.Split(
        column: split.column, threshold: split.threshold, missing: split.missing, left: split.left, right: split.right,
        gain: split.gain, value: split.value + base, rows: split.rows, hessian: split.hessian)
    }
    return [RegressionTree(checkedSplits: splits, leaves: leaves)] + ensemble.trees.dropFirst()
  }

  private static func block(of tree: RegressionTree, number: Int) -> String {
    let (splits, leaves) = (tree.splits, tree.leaves)
    let decisions = splits.map { split in
      Decision.Missing.nan.rawValue << 2 + (split.missing == .left ? Decision.missingGoesLeft : 0)
    }
    let lines = [
      "Tree=\(number)", "num_leaves=\(leaves.count)", "num_cat=0",
      "split_feature=" + list(splits.map(\.column)),
      "split_gain=" + list(splits.map(\.gain)),
      "threshold=" + list(splits.map(\.threshold)),
      "decision_type=" + list(decisions),
      "left_child=" + list(splits.map(\.left)),
      "right_child=" + list(splits.map(\.right)),
      "leaf_value=" + list(leaves.map(\.value)),
      "leaf_weight=" + list(leaves.map(\.hessian)),
      "leaf_count=" + list(leaves.map(\.rows)),
      "internal_value=" + list(splits.map(\.value)),
      "internal_weight=" + list(splits.map(\.hessian)),
      "internal_count=" + list(splits.map(\.rows)),
      "is_linear=0", "shrinkage=1", "", "", "",
    ]
    return lines.joined(separator: "\n")
  }

  private static func list(_ values: [some CustomStringConvertible]) -> String {
    values.map(\.description).joined(separator: " ")
  }

  /// One line for each column that is asked, the one asked most often first.
  private static func importanceLines(names: [String], splitCounts: [Int]) -> [String] {
    names.indices.filter { splitCounts[$0] > 0 }.sorted { (splitCounts[$1], $0) < (splitCounts[$0], $1) }
      .map { "\(names[$0])=\(splitCounts[$0])" }
  }

  private static func writable(name: String, column: Int) -> String {
    let cleaned = String(name.map { $0.isWhitespace || "\",:[]{}=".contains($0) ? "_" : $0 })
    return cleaned.isEmpty ? "Column_\(column)" : cleaned
  }
}
