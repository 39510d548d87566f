public import Features
public import Labels
public import Learning
public import Markets

/// A model with all that scoring, evaluating and explaining it needs.
public struct ModelArtefact: Codable, Sendable {
  /// The names in the stored form.
  private enum CodingKeys: String, CodingKey {
    case name, provenance, task, thresholds, features, schema, groups, inputs, classifier, calibrator, interval
    case closeOut, baselines
    case origin = "training"
  }

  /// The name given in the training configuration.
  public let name: String
  /// Whether it was trained on recorded or simulated markets.
  public let provenance: Provenance
  /// What it predicts.
  public let task: ShortfallTask
  /// The depth below which each market's side is in shortfall, from the training window.
  public let thresholds: DepthThresholds
  /// How features are computed.
  public let features: FeatureConfiguration
  /// What the columns of the feature matrix are.
  public let schema: FeatureSchema
  /// The markets and sides it was trained on; the position is the group number.
  public let groups: [ModelGroup]
  /// What the classifier reads of a feature row.
  public let inputs: ModelInputs
  /// The classifier.
  public let classifier: ShortfallClassifier
  /// Turns the classifier's log-odds into calibrated ones.
  public let calibrator: Calibrator
  /// Turns the classifier's log-odds into two probabilities, of which the higher one is conservative; nil when the
  /// configuration asked for none.
  public let interval: VennAbers?
  /// Quantiles of the close-out loss; nil when the configuration asked for none.
  public let closeOut: CloseOutModel?
  /// The fitted baselines that stand beside every figure, in the order of the tables.
  public let baselines: [NamedBaseline]
  /// How it came about.
  public let origin: ModelOrigin

  /// Creates an artefact.
  public init(
    name: String, provenance: Provenance, task: ShortfallTask, thresholds: DepthThresholds,
    features: FeatureConfiguration,
    schema: FeatureSchema, groups: [ModelGroup], inputs: ModelInputs, classifier: ShortfallClassifier,
    calibrator: Calibrator, interval: VennAbers? = nil, closeOut: CloseOutModel? = nil,
    baselines: [NamedBaseline], origin: ModelOrigin
  ) {
    self.name = name
    self.provenance = provenance
    self.task = task
    self.thresholds = thresholds
    self.features = features
    self.schema = schema
    self.groups = groups
    self.inputs = inputs
    self.classifier = classifier
    self.calibrator = calibrator
    self.interval = interval
    self.closeOut = closeOut
    self.baselines = baselines
    self.origin = origin
  }

  /// The group number of a market's side; nil for a market that the model was not trained on.
  public func group(of market: MarketName, _ side: LiquidationSide) -> Int? {
    groups.firstIndex(of: ModelGroup(market: market, side: side))
  }
}
