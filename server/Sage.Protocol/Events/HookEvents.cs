using System.Text.Json;
using System.Text.Json.Serialization;
using Sage.Protocol.Hooks;
using Sage.Protocol.Json;

namespace Sage.Protocol.Events;

/// <summary>A hook has had an effect, or has failed. One that had nothing to say is no event; one that did two things is two.</summary>
/// <param name="On">What it was run for.</param>
/// <param name="Hook">Its command, in one line.</param>
/// <param name="Place">The file in which it stands, for people.</param>
/// <param name="Effect">What came of it.</param>
/// <param name="Text">Its reason, the words it added, or what went wrong and what to do.</param>
/// <param name="CallId">The call that it is about.</param>
/// <param name="Input">The arguments that the call has now.</param>
/// <param name="SteerId">The words beside the running turn that it is about.</param>
public sealed record HookRan(
    HookMoment On,
    string Hook,
    string Place,
    HookEffect Effect,
    string? Text = null,
    string? CallId = null,
    JsonElement? Input = null,
    string? SteerId = null
) : DurableEvent;

/// <summary>What came of a hook.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<HookEffect>))]
public enum HookEffect
{
    /// <summary>The call, the prompt, or the compaction does not happen.</summary>
    Denied,

    /// <summary>The user is asked, whatever the mode and the rules.</summary>
    Asked,

    /// <summary>What the mode alone would have asked about runs.</summary>
    Allowed,

    /// <summary>The call runs with other arguments.</summary>
    Changed,

    /// <summary>The model reads its words.</summary>
    Added,

    /// <summary>The turn goes on, with its words as the reason.</summary>
    Continued,

    /// <summary>It has something to say to the user.</summary>
    Told,

    /// <summary>It did not work, and everything goes on without it.</summary>
    Failed,
}
