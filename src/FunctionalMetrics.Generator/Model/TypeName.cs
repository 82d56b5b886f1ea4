namespace FunctionalMetrics.Generator.Model;

/// <summary>A type by its name, as metadata has it.</summary>
/// <param name="Namespace">Its namespace; empty for an array.</param>
/// <param name="Name">Its name without arity, a nested one after its declaring type and a dot; <c>[]</c> or <c>[,]</c> for an array.</param>
/// <param name="Arguments">Its type arguments, or the element of an array.</param>
public sealed record TypeName(string Namespace, string Name, IReadOnlyList<TypeName> Arguments)
{
    /// <summary>The names of the elements of the first tuple in it, where they have some.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Namespace and name.</summary>
    public string FullName => Namespace.Length == 0 ? Name : $"{Namespace}.{Name}";

    /// <summary>Whether it is an array.</summary>
    public bool IsArray => Name[0] == '[';

    /// <summary>The type and all types it is made of.</summary>
    public IEnumerable<TypeName> Mentions => Arguments.SelectMany(argument => argument.Mentions).Prepend(this);

    /// <summary>The type as C# writes it, without namespaces.</summary>
    public override string ToString() =>
        IsArray ? $"{Arguments[0]}{Name}"
        : Arguments.Count == 0 ? Keyword ?? Name
        : FullName == "System.ValueTuple" ? $"({string.Join(", ", Arguments)})"
        : $"{Name}<{string.Join(", ", Arguments)}>";

    /// <inheritdoc/>
    public bool Equals(TypeName? other) => other is not null && FullName == other.FullName && Arguments.SequenceEqual(other.Arguments);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(FullName, Arguments.Count);

    private string? Keyword =>
        FullName switch
        {
            "System.Boolean" => "bool",
            "System.Byte" => "byte",
            "System.Double" => "double",
            "System.Int32" => "int",
            "System.Int64" => "long",
            "System.Single" => "float",
            "System.String" => "string",
            _ => null,
        };
}
