internal import LinearModels

/// The coefficients of a fit, with their uncertainty.
struct CoefficientTable {
  let table: TextTable

  init(_ fit: FitReport) {
    var table = TextTable([
      ("term", .left), ("coefficient", .right), ("standard error by day", .right), ("z", .right),
    ])
    for coefficient in fit.coefficients {
      table.append([
        coefficient.name, Figures.decimal(coefficient.value, 4),
        Figures.decimal(coefficient.clusteredStandardError, 4), Figures.decimal(coefficient.z, 2),
      ])
    }
    for term in fit.dropped { table.append([term.name, "dropped: \(term.reason.rawValue)"]) }
    self.table = table
  }
}
