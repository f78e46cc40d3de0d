namespace Sage.Server.Behaviors;

/// <summary>Says what is wrong with a request beyond the shape of its JSON.</summary>
internal interface IRequestValidator<in TRequest>
{
    /// <summary>Null when it is fine; otherwise what is wrong, naming the parameter.</summary>
    string? FindProblem(TRequest request);
}
