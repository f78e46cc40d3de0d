using MediatR;
using Sage.Protocol;

namespace Sage.Server.Behaviors;

/// <summary>Refuses a request that a validator finds fault with, before its handler sees it.</summary>
internal sealed class ValidationBehavior<TRequest, TResponse>(IEnumerable<IRequestValidator<TRequest>> validators)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public Task<TResponse> Handle(
        TRequest request,
        CancellationToken cancellationToken,
        RequestHandlerDelegate<TResponse> next
    )
    {
        foreach (var validator in validators)
        {
            if (validator.FindProblem(request) is { } problem)
            {
                throw new SageException(ErrorCodes.InvalidParams, problem);
            }
        }

        return next();
    }
}
