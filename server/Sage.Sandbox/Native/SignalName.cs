namespace Sage.Sandbox.Native;

/// <summary>The names people know signals by.</summary>
internal static class SignalName
{
    /// <summary><c>SIGTERM</c> for 15; <c>signal 42</c> for one without a common name.</summary>
    public static string Of(int signal) =>
        signal switch
        {
            1 => "SIGHUP",
            2 => "SIGINT",
            3 => "SIGQUIT",
            4 => "SIGILL",
            5 => "SIGTRAP",
            6 => "SIGABRT",
            7 => "SIGBUS",
            8 => "SIGFPE",
            9 => "SIGKILL",
            10 => "SIGUSR1",
            11 => "SIGSEGV",
            12 => "SIGUSR2",
            13 => "SIGPIPE",
            14 => "SIGALRM",
            15 => "SIGTERM",
            24 => "SIGXCPU",
            25 => "SIGXFSZ",
            _ => $"signal {signal}",
        };
}
