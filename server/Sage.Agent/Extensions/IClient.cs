using Sage.Protocol.Events;
using Sage.Protocol.Permissions;
using Sage.Protocol.Plans;
using Sage.Protocol.Questions;

namespace Sage.Agent.Extensions;

/// <summary>The front end of a session: the editor, or the terminal of <c>sage exec</c>. Port: implemented in Sage.Server.</summary>
public interface IClient
{
    /// <summary>Asks the user. Headless clients deny with a reason.</summary>
    Task<PermissionRequestResult> RequestPermissionAsync(
        PermissionRequestParams request,
        CancellationToken cancellationToken
    );

    /// <summary>Puts questions to the user. Headless clients answer null.</summary>
    Task<AskQuestionResult?> AskQuestionAsync(AskQuestionParams request, CancellationToken cancellationToken);

    /// <summary>Puts a plan before the user. Headless clients answer null.</summary>
    Task<ReviewPlanResult?> ReviewPlanAsync(ReviewPlanParams request, CancellationToken cancellationToken);

    /// <summary>Delivers one event, in order. Waits when the client is slow.</summary>
    ValueTask PublishAsync(EventEnvelope envelope, CancellationToken cancellationToken);
}
