#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

func sigmoid(_ logOdds: Double) -> Double { 1 / (1 + exp(-logOdds)) }

func naturalLog(_ value: Double) -> Double { log(value) }
