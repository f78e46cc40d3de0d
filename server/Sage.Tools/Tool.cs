using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sage.Agent.ToolCalls;
using Sage.Tools.Schemas;

namespace Sage.Tools;

/// <summary>A tool whose arguments are one record: the schema derives from the record, and mistakes in arguments are named.</summary>
/// <typeparam name="TInput">The arguments. Describe each property with <c>[property: Description]</c>; a default makes it optional.</typeparam>
public abstract class Tool<TInput> : ITool
    where TInput : class
{
    private readonly JsonTypeInfo<TInput> _inputType;

    /// <param name="name">snake_case verb.</param>
    /// <param name="description">Short; every word is paid for on each request.</param>
    /// <param name="inputType">Source-generated, with the options of <see cref="ToolInputJson"/>.</param>
    /// <param name="timeout">How long a call may run.</param>
    /// <param name="outputBudget">Characters the model gets to read.</param>
    protected Tool(
        string name,
        string description,
        JsonTypeInfo<TInput> inputType,
        TimeSpan timeout,
        int outputBudget = 30_000
    )
    {
        _inputType = inputType;
        Definition = new ToolDefinition(name, description, InputSchema.Of(inputType), timeout, outputBudget);
    }

    public ToolDefinition Definition { get; }

    /// <inheritdoc />
    public virtual bool IsForPlanning => false;

    public Preparation Prepare(JsonElement input, ToolContext context)
    {
        if (!TryReadInput(input, out var arguments, out var error))
        {
            return new Preparation.Rejected(error);
        }

        var preparation = PrepareCall(arguments, context);
        return preparation is Preparation.Accepted(var call)
            ? new Preparation.Accepted(ReportingDiskErrors(call))
            : preparation;
    }

    /// <summary>Turns understood arguments into a call. Pure and fast: no I/O.</summary>
    protected abstract Preparation PrepareCall(TInput input, ToolContext context);

    private bool TryReadInput(
        JsonElement input,
        [NotNullWhen(true)] out TInput? arguments,
        [NotNullWhen(false)] out string? error
    )
    {
        (arguments, error) = (null, null);
        var problems = InputCheck.Find(Definition.InputSchema, input);
        try
        {
            if (problems.Count == 0)
            {
                arguments = input.Deserialize(_inputType);
            }
            else if (InputRepair.TryRepair(Definition.InputSchema, input, out var repaired))
            {
                arguments = repaired.Deserialize(_inputType);
            }
        }
        catch (JsonException e)
        {
            problems = [$"`{e.Path?.TrimStart('$').TrimStart('.')}` has a value that cannot be read"];
        }
        catch (InvalidOperationException)
        {
            problems = ["a string holds half of a surrogate pair, which no file can hold"];
        }

        error = arguments is null ? Explain(problems) : null;
        return arguments is not null;
    }

    private string Explain(IReadOnlyList<string> problems) =>
        $"Invalid arguments for {Definition.Name}: {string.Join("; ", problems)}.\n"
        + $"Schema: {Definition.InputSchema.GetRawText()}";

    // Tools do their file work synchronously; the caller's thread may be the one that reads the model's stream.
    private static PreparedCall ReportingDiskErrors(PreparedCall call) =>
        call with
        {
            RunAsync = token => OnPoolAsync(call.RunAsync, static error => ToolResult.Error(error), token),
            PreflightAsync = call.PreflightAsync is { } preflight
                ? token => OnPoolAsync(preflight, static error => new Preflight([], ToolResult.Error(error)), token)
                : null,
        };

    private static Task<T> OnPoolAsync<T>(
        Func<CancellationToken, Task<T>> work,
        Func<string, T> failed,
        CancellationToken cancellationToken
    ) =>
        Task.Run(
            async () =>
            {
                try
                {
                    return await work(cancellationToken);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    return failed(e.Message);
                }
            },
            cancellationToken
        );
}
