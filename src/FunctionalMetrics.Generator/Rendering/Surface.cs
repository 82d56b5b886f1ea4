using System.Reflection;
using FunctionalMetrics.Generator.Model;
using Scriban;
using Scriban.Runtime;

namespace FunctionalMetrics.Generator.Rendering;

/// <summary>
/// One way to show Core: a folder of templates, each of which makes one file of its name. A new surface is a new folder and a line in
/// <see cref="All"/>; the templates see the <see cref="CoreModel"/> as <c>model</c>, and the functions of <see cref="Text"/>,
/// <see cref="Markdown"/> (as <c>md</c>), <see cref="CSharpTypes"/> (as <c>cs</c>) and <see cref="FSharpTypes"/> (as <c>fs</c>).
/// </summary>
/// <param name="Name">The name of the folder.</param>
/// <param name="Problems">A sentence for everything in the model that the templates cannot express.</param>
public sealed record Surface(string Name, Func<CoreModel, IEnumerable<string>> Problems)
{
    /// <summary>The surfaces there are.</summary>
    public static IReadOnlyList<Surface> All { get; } =
    [new("csharp", model => new CSharpTypes(model).Problems), new("fsharp", _ => []), new("laws", _ => []), new("reference", _ => [])];

    /// <summary>The names of the files and their texts.</summary>
    public IReadOnlyList<(string File, string Text)> Render(CoreModel model) =>
        [.. Templates.Select(template => (template[(Name.Length + 1)..^".scriban".Length], Render(template, model)))];

    private static Assembly Home => typeof(Surface).Assembly;

    /// <summary>Resources are named by the paths of the files, which on Windows have backslashes.</summary>
    private IEnumerable<string> Templates =>
        Home.GetManifestResourceNames()
            .Where(resource => resource.Replace('\\', '/').StartsWith(Name + "/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static string Render(string template, CoreModel model)
    {
        using var reader = new StreamReader(Home.GetManifestResourceStream(template)!);
        var parsed = Template.Parse(reader.ReadToEnd(), template);
        if (parsed.HasErrors)
            throw new InvalidOperationException($"The template {template} cannot be read: {parsed.Messages}");
        var context = new TemplateContext
        {
            StrictVariables = true,
            LoopLimit = 0,
            NewLine = "\n",
        };
        context.PushGlobal(Functions(model));
        return parsed.Render(context).ReplaceLineEndings("\n").Trim('\n') + "\n";
    }

    private static ScriptObject Functions(CoreModel model)
    {
        var (types, shell) = (new FSharpTypes(model), new CSharpTypes(model));
        var (cs, fs, md, all) = (new ScriptObject(), new ScriptObject(), new ScriptObject(), new ScriptObject());
        cs["classes"] = shell.Classes;
        cs.Import("pascal", CSharpTypes.Pascal);
        cs.Import("type", shell.Type);
        cs.Import("value", shell.Value);
        cs.Import("presented", shell.Presented);
        fs.Import("type", types.Type);
        fs.Import("doc", FSharpTypes.Doc);
        fs.Import("is_light", types.IsLight);
        fs.Import("value", types.Value);
        fs.Import("from", types.From);
        md.Import(typeof(Markdown));
        all.Import(typeof(Text));
        all["cs"] = cs;
        all["fs"] = fs;
        all["md"] = md;
        all["model"] = model;
        return all;
    }
}
