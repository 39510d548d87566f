internal import Boosting
internal import Learning
internal import LinearModels
internal import ModelStore

/// The picked family fitted to the whole window, with how each of its parts came about.
struct FamilyFit {
  let classifier: ShortfallClassifier
  let linear: LinearTraining?
  let boosting: BoostingTraining?
  let blend: BlendTraining?

  /// Fits what a walk-forward picked, with what it chose on the way.
  init(_ walkForward: WalkForwardRun, of rows: TrainingRows) throws {
    let family = walkForward.comparison.picked
    let linear = family == .boosting ? nil : try walkForward.fitLinear(rows)
    let boosted = family == .logistic ? nil : try walkForward.fitBoosted(rows)
    self.linear = linear?.record
    boosting = boosted?.record
    blend = family == .blend ? walkForward.blend : nil
    switch (linear?.model, boosted?.model) {
    case (let linear?, nil): classifier = .linear(linear)
    case (nil, let boosted?): classifier = .boosted(boosted)
    case (let linear?, let boosted?):
      guard
        let blend = walkForward.blend.flatMap({
          BlendedClassifier(linear: linear, boosted: boosted, boostedWeight: $0.boostedWeight)
        })
      else { throw TrainingFailure.fit("the parts of the blend do not fit together") }
      classifier = .blend(blend)
    case (nil, nil): throw TrainingFailure.fit("the family has no part")
    }
  }
}
