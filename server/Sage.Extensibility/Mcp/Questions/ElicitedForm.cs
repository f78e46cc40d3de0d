using System.Collections.Immutable;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using Sage.Protocol.Questions;

namespace Sage.Extensibility.Mcp.Questions;

/// <summary>A form that a server wants filled in, and what has been filled in of it so far.</summary>
internal sealed class ElicitedForm
{
    private const int MostFields = 30;

    private readonly Dictionary<string, JsonElement> _content = new(StringComparer.Ordinal);
    private ImmutableArray<ElicitedField> _open;
    private ImmutableArray<string> _problems;

    private ElicitedForm(ImmutableArray<ElicitedField> fields) =>
        (_open, _problems) = (fields, [.. fields.Select(static _ => "")]);

    /// <summary>Null when there is something in it that nobody knows how to ask for.</summary>
    public static ElicitedForm? Of(ElicitRequestParams.RequestSchema? schema)
    {
        var properties = schema?.Properties ?? new Dictionary<string, ElicitRequestParams.PrimitiveSchemaDefinition>();
        if (properties.Count > MostFields)
        {
            return null;
        }

        var fields = ImmutableArray.CreateBuilder<ElicitedField>(properties.Count);
        foreach (var (name, property) in properties)
        {
            if (ElicitedField.Of(name, property, schema?.Required?.Contains(name) == true) is not { } field)
            {
                return null;
            }

            fields.Add(field);
        }

        return new ElicitedForm(fields.ToImmutable());
    }

    /// <summary>True when nothing is to be filled in: the user only agrees.</summary>
    public bool IsEmpty => _open.IsEmpty;

    /// <summary>What is still to be asked, with what was wrong the last time.</summary>
    public ImmutableArray<Question> Questions =>
        [.. _open.Zip(_problems, static (asked, problem) => asked.Ask(problem))];

    public Dictionary<string, JsonElement> Content => _content;

    /// <summary>Takes what is right; answers whether that is all.</summary>
    public bool TryTake(ImmutableArray<ImmutableArray<string>> answers)
    {
        var open = ImmutableArray.CreateBuilder<ElicitedField>();
        var problems = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; i < _open.Length; i++)
        {
            var given = i < answers.Length && !answers[i].IsDefault ? answers[i] : [];
            var (value, problem) = _open[i].Read(given);
            if (problem is not null)
            {
                open.Add(_open[i]);
                problems.Add(problem);
            }
            else if (value is { } right)
            {
                _content[_open[i].Name] = right;
            }
        }

        (_open, _problems) = (open.ToImmutable(), problems.ToImmutable());
        return _open.IsEmpty;
    }
}
