using System.Threading.Channels;
using Polly;
using Polly.Retry;
using Sage.Agent.LanguageModels;
using Sage.Providers.Failures;

namespace Sage.Providers.Streaming;

/// <summary>When and how often a request is sent again. Applies until the first content; after that a retry would repeat text.</summary>
internal static class Resilience
{
    private const int MaxRetries = 5;

    /// <summary>Nobody listens there, or the name does not exist: waiting longer rarely helps, and the user wants to know.</summary>
    private const int MaxRetriesWhenUnreachable = 2;

    private static readonly TimeSpan Budget = TimeSpan.FromMinutes(2);

    private static readonly ResiliencePropertyKey<ChannelWriter<RetryNotice>> Notices = new("sage.notices");
    private static readonly ResiliencePropertyKey<long> Started = new("sage.started");

    /// <param name="time">What the waits are measured by.</param>
    /// <param name="random">Spreads the waits, so that many clients do not come back at once; from 0 to 1.</param>
    public static ResiliencePipeline<ReplyStream> CreatePipeline(TimeProvider time, Func<double> random) =>
        new ResiliencePipelineBuilder<ReplyStream> { TimeProvider = time }
            .AddRetry(
                new RetryStrategyOptions<ReplyStream>
                {
                    MaxRetryAttempts = MaxRetries,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    Randomizer = random,
                    Delay = TimeSpan.FromMilliseconds(500),
                    MaxDelay = TimeSpan.FromSeconds(30),
                    ShouldHandle = args => new(IsWorthRetrying(args, time)),
                    DelayGenerator = args =>
                        new((args.Outcome.Exception as ProviderFailureException)?.Failure.RetryAfter),
                    OnRetry = Announce,
                }
            )
            .Build();

    public static ResilienceContext Begin(
        ChannelWriter<RetryNotice> notices,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Notices, notices);
        context.Properties.Set(Started, time.GetTimestamp());
        return context;
    }

    private static bool IsWorthRetrying(RetryPredicateArguments<ReplyStream> args, TimeProvider time)
    {
        if (args.Outcome.Exception is not ProviderFailureException { Failure: { SendAgain: not Resend.Never } failure })
        {
            return false;
        }
        if (failure.SendAgain == Resend.Briefly && args.AttemptNumber >= MaxRetriesWhenUnreachable)
        {
            return false;
        }
        var elapsed = time.GetElapsedTime(args.Context.Properties.GetValue(Started, 0L));
        return elapsed + (failure.RetryAfter ?? TimeSpan.Zero) <= Budget;
    }

    private static ValueTask Announce(OnRetryArguments<ReplyStream> args)
    {
        var failure = ((ProviderFailureException)args.Outcome.Exception!).Failure;
        var notices = args.Context.Properties.GetValue(Notices, null!);
        notices.TryWrite(new RetryNotice(args.AttemptNumber + 1, args.RetryDelay, failure.Reason));
        return ValueTask.CompletedTask;
    }
}
