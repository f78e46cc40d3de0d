using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MediatR;
using Sage.Protocol.Json;

namespace Sage.Protocol.Hooks;

/// <summary><see cref="Methods.ListHooks"/>: the hooks that the user and the project have set up.</summary>
public sealed record ListHooksParams : IRequest<ListHooksResult>;

/// <param name="Hooks">By moment, in the order in which their answers count.</param>
/// <param name="Problems">What in the files could not be used, and what to do about it.</param>
public sealed record ListHooksResult(ImmutableArray<HookSummary> Hooks, ImmutableArray<string> Problems);

/// <summary>One hook.</summary>
/// <param name="Id">Changes with everything that it does.</param>
/// <param name="On">When it runs.</param>
/// <param name="Command">What it runs.</param>
/// <param name="Place">The file in which it stands, for people.</param>
/// <param name="State">Whether it runs.</param>
/// <param name="TimeoutSeconds">How long it may take.</param>
/// <param name="Walled">Whether it runs behind the walls of commands.</param>
/// <param name="Matcher">For which tools, or which kinds; absent for all.</param>
/// <param name="Path">The same file, absolute.</param>
public sealed record HookSummary(
    string Id,
    HookMoment On,
    string Command,
    string Place,
    HookState State,
    double TimeoutSeconds,
    bool Walled,
    string? Matcher = null,
    string? Path = null
);

/// <summary>Whether a hook runs.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<HookState>))]
public enum HookState
{
    /// <summary>It runs.</summary>
    Active,

    /// <summary>It is the project's, and the user has not agreed to it as it is.</summary>
    NotAgreed,

    /// <summary>No hook runs in a workspace that is not trusted.</summary>
    NotTrusted,

    /// <summary>The user has switched hooks off.</summary>
    Off,
}

/// <summary><see cref="Methods.TestHook"/>: runs one hook with a made-up event and does nothing with its answer.</summary>
/// <param name="Id">As <see cref="HookSummary.Id"/>.</param>
public sealed record TestHookParams(string Id) : IRequest<TestHookResult>;

/// <param name="Input">What the hook was given.</param>
/// <param name="Output">What it wrote to its output; the beginning when it is long.</param>
/// <param name="Errors">What it wrote to its error stream; the beginning when it is long.</param>
/// <param name="Answer">What Sage would have done, in words.</param>
/// <param name="Ms">Milliseconds it took.</param>
/// <param name="ExitCode">Absent when it was ended, or never started.</param>
public sealed record TestHookResult(
    string Input,
    string Output,
    string Errors,
    string Answer,
    long Ms,
    int? ExitCode = null
);
