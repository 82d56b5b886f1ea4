// Generated from the compiled core; changes belong there or in the templates.
namespace FunctionalMetrics.FSharp.Tests

open FunctionalMetrics.FSharp

/// Every metric that Core declares, for the laws that all of them obey.
module LawCases =
    let all: LawCase list =
        [
            LawCase.ofScores
                {
                    Name = "Count"
                    Empty = Count.empty
                    Update = Count.update
                    Merge = Count.merge
                    Compute = Count.compute
                    Fold = Count.fold
                }
            LawCase.ofMaps
                {
                    Name = "Count.OfMaps"
                    Empty = Count.OfMaps.empty
                    Update = Count.OfMaps.update
                    Merge = Count.OfMaps.merge
                    Compute = Count.OfMaps.compute
                    Fold = Count.OfMaps.fold
                }
            LawCase.ofScoreBatch
                {
                    Name = "Share"
                    Empty = Share.empty
                    Update = Share.update
                    Merge = Share.merge
                    Compute = Share.compute 1.0 2 "a \"share\"" false
                    Fold = Share.fold 1.0 2 "a \"share\"" false
                }
            LawCase.ofScoreBatch
                {
                    Name = "Share.Bounded"
                    Empty = Share.Bounded.empty
                    Update = Share.Bounded.update
                    Merge = Share.Bounded.merge
                    Compute = Share.Bounded.compute 18
                    Fold = Share.Bounded.fold 18
                }
        ]
