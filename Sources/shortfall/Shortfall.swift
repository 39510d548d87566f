import ArgumentParser

@main
struct Shortfall: ParsableCommand {}
