internal import Margining
internal import Markets
internal import Reporting

/// Parts of a recommendation as JSON objects, the same in every line that has them.
extension Adjustment {
  var object: JSONLine {
    var object = JSONLine()
    object.add("step", step.rawValue)
    object.add("before", before.fraction)
    object.add("after", after.fraction)
    object.add("reason", reason.description)
    return object
  }
}

extension ExistingMargin {
  var object: JSONLine {
    var object = JSONLine()
    object.add("now", now.fraction)
    object.add(
      "steps",
      objects: steps.map { step in
        var object = JSONLine()
        object.add("time", step.instant.description)
        object.add("margin", step.margin.fraction)
        return object
      })
    return object
  }
}

extension Reason {
  var object: JSONLine {
    var object = JSONLine()
    object.add("feature", feature)
    object.add("value", value)
    object.add("contribution", contribution)
    return object
  }
}
