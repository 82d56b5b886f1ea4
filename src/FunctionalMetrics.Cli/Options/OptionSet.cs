using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace FunctionalMetrics.Cli;

/// <summary>
/// The options of a command as a value: each is declared once, with what it changes of a record of choices, and the record is what travels. Numbers are
/// read the same way whatever the machine's culture, and what is out of range is refused in one line. Immutable.
/// </summary>
/// <typeparam name="TChoices">The choices; a record whose defaults are those of the options.</typeparam>
internal sealed class OptionSet<TChoices>
{
    private readonly ImmutableArray<Entry> entries;

    private OptionSet(ImmutableArray<Entry> entries) => this.entries = entries;

    public static OptionSet<TChoices> None { get; } = new([]);

    /// <summary>An option that takes a text.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="help">What stands for the text in the help.</param>
    /// <param name="description">What it does.</param>
    /// <param name="choose">The choices with it.</param>
    /// <param name="idle">Why it has no effect with these choices, as the end of a sentence; null where it has one.</param>
    public OptionSet<TChoices> Text(
        string name,
        string help,
        string description,
        Func<TChoices, string, TChoices> choose,
        Func<TChoices, string?>? idle = null
    ) => With(new Option<string>(name) { Description = description, HelpName = help }, choose, idle);

    /// <summary>An option that takes a text and can be given again and again.</summary>
    public OptionSet<TChoices> Texts(
        string name,
        string help,
        string description,
        Func<TChoices, ImmutableArray<string>, TChoices> choose,
        Func<TChoices, string?>? idle = null
    ) =>
        With(
            new Option<string[]>(name) { Description = description, HelpName = help },
            (choices, texts) => choose(choices, [.. texts]),
            idle
        );

    /// <summary>An option that is there or not.</summary>
    public OptionSet<TChoices> Flag(
        string name,
        string description,
        Func<TChoices, TChoices> choose,
        Func<TChoices, string?>? idle = null
    ) => With(new Option<bool>(name) { Description = description }, (choices, given) => given ? choose(choices) : choices, idle);

    /// <summary>An option that takes one word.</summary>
    public OptionSet<TChoices> Choice(
        string name,
        string word,
        string description,
        Func<TChoices, TChoices> choose,
        Func<TChoices, string?>? idle = null
    )
    {
        var option = new Option<string>(name) { Description = description, HelpName = word };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && token.Value != word)
                result.AddError($"{name} is '{token.Value}'; it must be {word}");
        });
        return With(option, (choices, _) => choose(choices), idle);
    }

    /// <summary>An option that takes a number.</summary>
    public OptionSet<TChoices> Number(
        string name,
        string description,
        Func<double, bool> inRange,
        string range,
        Func<TChoices, double, TChoices> choose,
        Func<TChoices, string?>? idle = null
    ) =>
        With(
            Parsed<double>(
                name,
                "number",
                description,
                range,
                text =>
                    double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && inRange(value) ? value : null
            ),
            (choices, value) => choose(choices, value!.Value),
            idle
        );

    /// <summary>An option that takes a text which is a value, or says why it is none.</summary>
    public OptionSet<TChoices> Parsed<T>(
        string name,
        string help,
        string description,
        Func<string, LanguageExt.Fin<T>> parse,
        Func<TChoices, T, TChoices> choose,
        Func<TChoices, string?>? idle = null
    )
        where T : class
    {
        var option = new System.CommandLine.Option<T?>(name)
        {
            Description = description,
            HelpName = help,
            CustomParser = result =>
                parse(result.Tokens[0].Value)
                    .Match(
                        T? (value) => value,
                        error =>
                        {
                            result.AddError($"{name}: {error.Message}");
                            return null;
                        }
                    ),
        };
        return With(option, (choices, value) => choose(choices, value!), idle);
    }

    /// <summary>The same, to be given again and again.</summary>
    public OptionSet<TChoices> Many<T>(
        string name,
        string help,
        string description,
        Func<string, LanguageExt.Fin<T>> parse,
        Func<TChoices, ImmutableArray<T>, TChoices> choose
    )
    {
        var option = new System.CommandLine.Option<T[]>(name)
        {
            Description = description,
            HelpName = help,
            CustomParser = result =>
            {
                var values = new List<T>();
                foreach (var token in result.Tokens)
                    parse(token.Value).Match(values.Add, error => result.AddError($"{name}: {error.Message}"));
                return [.. values];
            },
        };
        return With(option, (choices, values) => choose(choices, [.. values]), null);
    }

    /// <summary>An option that takes a whole number.</summary>
    public OptionSet<TChoices> Whole(
        string name,
        string help,
        string description,
        Func<int, bool> inRange,
        string range,
        Func<TChoices, int, TChoices> choose,
        Func<TChoices, string?>? idle = null
    ) =>
        With(
            Parsed<int>(
                name,
                help,
                description,
                range,
                text =>
                    int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && inRange(value) ? value : null
            ),
            (choices, value) => choose(choices, value!.Value),
            idle
        );

    /// <summary>An option that takes a number of bytes with its unit: a power of 1000 (kB, MB, GB, TB) or of 1024 (KiB, MiB, GiB, TiB).</summary>
    public OptionSet<TChoices> Size(string name, string description, Func<TChoices, long, TChoices> choose) =>
        With(
            Parsed<long>(name, "SIZE", description, "a size such as 256MB or 1GiB", Bytes),
            (choices, value) => choose(choices, value!.Value),
            null
        );

    /// <summary>These options and others, which change a part of the choices.</summary>
    public OptionSet<TChoices> And<TPart>(
        OptionSet<TPart> others,
        Func<TChoices, TPart> part,
        Func<TChoices, TPart, TChoices> with,
        Func<TChoices, string?>? idle = null
    ) =>
        new(
            entries.AddRange(
                others.entries.Select(entry => new Entry(
                    entry.Option,
                    (choices, parsed) => with(choices, entry.Choose(part(choices), parsed)),
                    choices => idle?.Invoke(choices) ?? entry.Idle(part(choices))
                ))
            )
        );

    /// <summary>Those of the options that have one of these names.</summary>
    public OptionSet<TChoices> Only(params ReadOnlySpan<string> names)
    {
        var kept = names.ToArray();
        return new([.. entries.Where(entry => kept.Contains(entry.Option.Name))]);
    }

    /// <summary>The names of the options, without dashes.</summary>
    public IEnumerable<string> Names => entries.Select(entry => entry.Option.Name[2..]);

    public void AddTo(Command command)
    {
        foreach (var entry in entries)
            command.Add(entry.Option);
    }

    /// <summary>The choices with all options that were given.</summary>
    public TChoices Read(ParseResult parsed, TChoices defaults) =>
        Given(parsed).Aggregate(defaults, (choices, entry) => entry.Choose(choices, parsed));

    /// <summary>A sentence on the first option that was given for nothing; null where there is none.</summary>
    public string? Unused(ParseResult parsed, TChoices choices) =>
        Given(parsed)
            .Select(entry => entry.Idle(choices) is { } why ? $"{entry.Option.Name} has no effect {why}" : null)
            .FirstOrDefault(sentence => sentence is not null);

    /// <summary>The options that were given with what was given for them, in the order of the help.</summary>
    public IEnumerable<KeyValuePair<string, string[]>> Texts(ParseResult parsed) =>
        Given(parsed)
            .Select(entry =>
                KeyValuePair.Create(entry.Option.Name[2..], parsed.GetResult(entry.Option)!.Tokens.Select(token => token.Value).ToArray())
            );

    private IEnumerable<Entry> Given(ParseResult parsed) => entries.Where(entry => parsed.GetResult(entry.Option) is { Implicit: false });

    private OptionSet<TChoices> With<T>(Option<T> option, Func<TChoices, T, TChoices> choose, Func<TChoices, string?>? idle) =>
        new(entries.Add(new(option, (choices, parsed) => choose(choices, parsed.GetValue(option)!), idle ?? (_ => null))));

    private static Option<T?> Parsed<T>(string name, string help, string description, string range, Func<string, T?> parse)
        where T : struct =>
        new(name)
        {
            Description = description,
            HelpName = help,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                var value = parse(text);
                if (value is null)
                    result.AddError($"{name} is '{text}'; it must be {range}");
                return value;
            },
        };

    private static long? Bytes(string text)
    {
        var number = text.TrimEnd([.. "kKmMgGtTiIbB "]);
        var unit = text[number.Length..].Trim();
        var power = unit.ToUpperInvariant() switch
        {
            "KB" or "KIB" => 1,
            "MB" or "MIB" => 2,
            "GB" or "GIB" => 3,
            "TB" or "TIB" => 4,
            _ => 0,
        };
        var bytes =
            power > 0
            && decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            && count < 1_000_000
                ? decimal.Truncate(count * (decimal)Math.Pow(unit.Length == 3 ? 1024 : 1000, power))
                : 0;
        return bytes >= 1 ? (long)bytes : null;
    }

    /// <summary>An option, what it changes of the choices, and why it may have no effect.</summary>
    private sealed record Entry(Option Option, Func<TChoices, ParseResult, TChoices> Choose, Func<TChoices, string?> Idle);
}
