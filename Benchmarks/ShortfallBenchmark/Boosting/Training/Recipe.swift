internal import ArgumentParser
internal import Boosting
internal import Foundation

/// How trees are grown, told to every program alike; it travels between processes as JSON.
struct Recipe: Codable, Hashable, Sendable {
  var rounds = 200
  var leaves = 63
  var learningRate = 0.1
  var bins = 255
  var minimumRows = 20
  var minimumHessian = 1.0
  var l2 = 1.0

  /// The product's settings; there is no bound on depth, and no sampling.
  var configuration: BoostingConfiguration {
    var configuration = BoostingConfiguration()
    configuration.rounds = rounds
    configuration.leaves = leaves
    configuration.learningRate = learningRate
    configuration.bins = bins
    configuration.minimumRows = minimumRows
    configuration.minimumHessian = minimumHessian
    configuration.l2 = l2
    return configuration
  }

  var json: String {
    get throws { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
  }

  var text: String { "\(rounds) rounds, \(leaves) leaves, learning rate \(decimal(learningRate, digits: 2))" }
}

extension Recipe: ExpressibleByArgument {
  init?(argument: String) {
    guard let recipe = try? JSONDecoder().decode(Recipe.self, from: Data(argument.utf8)) else { return nil }
    self = recipe
  }
}
