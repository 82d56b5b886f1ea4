using System.Text.Json.Nodes;
using LanguageExt;

namespace FunctionalMetrics.Cli;

/// <summary>What <c>describe</c> found, ready to be shown.</summary>
internal interface IDescription
{
    JsonObject ToJson();

    /// <summary>Names and values of the table.</summary>
    Seq<(string Name, Fin<string> Value)> Numbers { get; }

    /// <summary>The files that --out writes; undefined arrays have none.</summary>
    Fin<Seq<(string Name, Action<Stream> Content)>> Arrays { get; }
}
