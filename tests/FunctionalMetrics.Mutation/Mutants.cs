using System.Text.Json.Serialization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace FunctionalMetrics.Mutation;

/// <summary>A place where the code could be wrong: an expression and what stands in its stead.</summary>
/// <param name="File">The file, as the project names it.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Start">Where the expression begins in the file.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Before">The expression.</param>
/// <param name="After">What it becomes.</param>
internal sealed record Mutant(string File, int Line, int Start, int Length, string Before, string After)
{
    [JsonIgnore]
    public TextSpan Span => new(Start, Length);

    public override string ToString() => $"{File}:{Line}: {Short(Before)}  ->  {Short(After)}";

    private static string Short(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 90 ? line : line[..87] + "...";
    }
}

/// <summary>All places of a file where an expression can be another one of the same type.</summary>
internal sealed class Mutants : CSharpSyntaxWalker
{
    private readonly string file;
    private readonly SemanticModel model;
    private readonly List<Mutant> found = [];

    private Mutants(string file, SemanticModel model) => (this.file, this.model) = (file, model);

    public static IReadOnlyList<Mutant> Of(string file, SemanticModel model)
    {
        var walker = new Mutants(file, model);
        walker.Visit(model.SyntaxTree.GetRoot());
        return walker.found;
    }

    // What must be a constant cannot be chosen while it runs.
    public override void VisitAttributeList(AttributeListSyntax node) { }

    public override void VisitParameterList(ParameterListSyntax node) { }

    public override void VisitEnumDeclaration(EnumDeclarationSyntax node) { }

    public override void VisitFieldDeclaration(FieldDeclarationSyntax node)
    {
        if (!node.Modifiers.Any(SyntaxKind.ConstKeyword))
            base.VisitFieldDeclaration(node);
    }

    public override void VisitLocalDeclarationStatement(LocalDeclarationStatementSyntax node)
    {
        if (!node.IsConst)
            base.VisitLocalDeclarationStatement(node);
    }

    public override void VisitConstantPattern(ConstantPatternSyntax node) { }

    public override void VisitRelationalPattern(RelationalPatternSyntax node) { }

    public override void VisitCaseSwitchLabel(CaseSwitchLabelSyntax node) { }

    public override void VisitBinaryExpression(BinaryExpressionSyntax node)
    {
        base.VisitBinaryExpression(node);
        foreach (
            var other in node.Kind() switch
            {
                SyntaxKind.LessThanExpression => (string[])["<=", ">="],
                SyntaxKind.LessThanOrEqualExpression => ["<", ">"],
                SyntaxKind.GreaterThanExpression => [">=", "<="],
                SyntaxKind.GreaterThanOrEqualExpression => [">", "<"],
                SyntaxKind.EqualsExpression => ["!="],
                SyntaxKind.NotEqualsExpression => ["=="],
                SyntaxKind.LogicalAndExpression => ["||"],
                SyntaxKind.LogicalOrExpression => ["&&"],
                SyntaxKind.AddExpression when IsNumber(node) => ["-"],
                SyntaxKind.SubtractExpression when IsNumber(node) => ["+"],
                SyntaxKind.MultiplyExpression when IsNumber(node) => ["/"],
                SyntaxKind.DivideExpression when IsNumber(node) => ["*"],
                _ => [],
            }
        )
            // A variable of a pattern would not be set on the other side.
            if (!Declares(node))
                Add(node, $"{node.Left.ToFullString()}{other}{node.Right.ToFullString()}");
    }

    public override void VisitConditionalExpression(ConditionalExpressionSyntax node)
    {
        base.VisitConditionalExpression(node);
        if (
            !Declares(node.Condition)
            && !node.WhenTrue.IsKind(SyntaxKind.ThrowExpression)
            && !node.WhenFalse.IsKind(SyntaxKind.ThrowExpression)
            && node.Parent is not RefExpressionSyntax
        )
            Add(node.Condition, $"!({node.Condition})");
    }

    public override void VisitIfStatement(IfStatementSyntax node)
    {
        base.VisitIfStatement(node);
        if (!Declares(node.Condition))
            Add(node.Condition, $"!({node.Condition})");
    }

    public override void VisitLiteralExpression(LiteralExpressionSyntax node)
    {
        if (node.Parent is EqualsValueClauseSyntax { Parent: ParameterSyntax or EnumMemberDeclarationSyntax })
            return;
        if (node.IsKind(SyntaxKind.TrueLiteralExpression))
            Add(node, "false");
        else if (node.IsKind(SyntaxKind.FalseLiteralExpression))
            Add(node, "true");
        else if (
            node.Token.Value is int whole
            && model.GetTypeInfo(node) is { Type.SpecialType: SpecialType.System_Int32, ConvertedType: { } to }
            && to.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Double
        )
            Add(node, whole == 0 ? "1" : $"{whole - 1}");
        else if (
            node.IsKind(SyntaxKind.StringLiteralExpression)
            && node.Token.ValueText.Length > 0
            && model.GetTypeInfo(node).ConvertedType?.SpecialType == SpecialType.System_String
        )
            Add(node, "\"\"");
    }

    public override void VisitInterpolatedStringExpression(InterpolatedStringExpressionSyntax node)
    {
        base.VisitInterpolatedStringExpression(node);
        if (model.GetTypeInfo(node) is { ConvertedType.SpecialType: SpecialType.System_String })
            Add(node, "\"\"");
    }

    /// <summary>Methods that stand for each other.</summary>
    public override void VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        base.VisitInvocationExpression(node);
        if (node.Expression is not MemberAccessExpressionSyntax { Name: IdentifierNameSyntax name } access || Declares(node))
            return;
        var other = name.Identifier.Text switch
        {
            "Min" => "Max",
            "Max" => "Min",
            "Any" when node.ArgumentList.Arguments.Count == 1 => "All",
            "All" => "Any",
            "First" => "Last",
            "Last" => "First",
            "FirstOrDefault" => "LastOrDefault",
            "OrderBy" => "OrderByDescending",
            "OrderByDescending" => "OrderBy",
            "Floor" => "Ceiling",
            "Ceiling" => "Floor",
            "BitIncrement" => "BitDecrement",
            "BitDecrement" => "BitIncrement",
            "StartsWith" => "EndsWith",
            "EndsWith" => "StartsWith",
            "Take" => "Skip",
            "Skip" => "Take",
            _ => null,
        };
        if (
            other is not null
            && model.GetSymbolInfo(node).Symbol is IMethodSymbol method
            && (method.ContainingType.GetMembers(other).Length > 0)
        )
            Add(node, node.ReplaceNode(name, IdentifierName(other)).ToString());
    }

    /// <summary>A property of the same type beside it: precision for recall.</summary>
    public override void VisitMemberAccessExpression(MemberAccessExpressionSyntax node)
    {
        base.VisitMemberAccessExpression(node);
        if (
            node.Parent is InvocationExpressionSyntax or MemberAccessExpressionSyntax or AssignmentExpressionSyntax
            || model.GetSymbolInfo(node).Symbol is not IPropertySymbol { IsStatic: false } property
            || !SymbolEqualityComparer.Default.Equals(property.ContainingAssembly, model.Compilation.Assembly)
        )
            return;
        var others = property
            .ContainingType.GetMembers()
            .OfType<IPropertySymbol>()
            .Where(other =>
                !other.IsStatic
                && !other.IsIndexer
                && other.Name != property.Name
                && other.DeclaredAccessibility == property.DeclaredAccessibility
                && SymbolEqualityComparer.IncludeNullability.Equals(other.Type, property.Type)
            )
            .Select(other => other.Name)
            .Order(StringComparer.Ordinal)
            .ToList();
        if (others.Count > 0)
            Add(node, node.WithName(IdentifierName(others[node.SpanStart % others.Count])).ToString());
    }

    /// <summary>What a record is made of may be forgotten.</summary>
    public override void VisitWithExpression(WithExpressionSyntax node)
    {
        base.VisitWithExpression(node);
        if (!Declares(node))
            Add(node, node.Expression.ToString());
    }

    private bool IsNumber(ExpressionSyntax node) =>
        model.GetTypeInfo(node).Type?.SpecialType
            is SpecialType.System_Int32
                or SpecialType.System_Int64
                or SpecialType.System_UInt64
                or SpecialType.System_UInt32
                or SpecialType.System_Double
                or SpecialType.System_Single
                or SpecialType.System_Decimal
        && model.GetConstantValue(node) is { HasValue: false };

    private static bool Declares(SyntaxNode node) =>
        node.DescendantNodesAndSelf()
            .Any(inner =>
                inner
                    is SingleVariableDesignationSyntax
                        or DeclarationExpressionSyntax
                        or AwaitExpressionSyntax
                        or StackAllocArrayCreationExpressionSyntax
                        or RefExpressionSyntax
                        or IsPatternExpressionSyntax
            );

    private void Add(ExpressionSyntax node, string after)
    {
        // In a tree of expressions, a name, a constant or a span nothing can be chosen.
        if (
            node.Ancestors().Any(outer => outer is AttributeSyntax or ConstantPatternSyntax or RelationalPatternSyntax or NameColonSyntax)
            || model.GetConstantValue(node.Parent ?? node) is { HasValue: true }
                && node.Parent is not (ArgumentSyntax or LiteralExpressionSyntax)
            || model.GetTypeInfo(node).Type is { IsRefLikeType: true } or null
        )
            return;
        found.Add(
            new(
                file,
                node.GetLocation().GetLineSpan().StartLinePosition.Line + 1,
                node.Span.Start,
                node.Span.Length,
                node.ToString(),
                after
            )
        );
    }
}
