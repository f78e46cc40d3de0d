using Sage.Protocol;

namespace Sage.Storage;

/// <summary>Says in the user's words why Sage's own files could not be read or written, and what to do.</summary>
internal static class StorageFailures
{
    private const int NoSpaceOnUnix = 28;
    private const int NoSpaceOnWindows = unchecked((int)0x80070070);
    private const int QuotaOnLinux = 122;
    private const int QuotaOnMac = 69;
    private const int ReadOnlyOnUnix = 30;
    private const int SharingOnLinux = 11;
    private const int SharingOnMac = 35;
    private const int SharingOnWindows = unchecked((int)0x80070020);

    // The last is how .NET says that a file would become larger than its file system or its user's limit allows.
    public static bool Covers(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException;

    /// <summary>Another handle holds the file.</summary>
    public static bool IsSharingViolation(IOException exception) =>
        exception.HResult is SharingOnWindows
        || (!OperatingSystem.IsWindows() && exception.HResult is SharingOnLinux or SharingOnMac);

    /// <summary>For a request of the client that cannot be answered.</summary>
    public static SageException ToClient(Exception exception, string path) =>
        new(ErrorCodes.StorageFailed, Describe(exception, path));

    /// <summary>For a write in the middle of a turn.</summary>
    public static IOException WhileWriting(Exception exception, string path) =>
        new(Describe(exception, path), exception);

    private static string Describe(Exception exception, string path) =>
        exception switch
        {
            UnauthorizedAccessException =>
                $"Sage may not use {path}. Check its permissions, or set {SageHome.Variable} to another folder.",
            ArgumentOutOfRangeException =>
                $"{path} would become larger than the system allows. Raise the limit of file sizes (ulimit -f), or set {SageHome.Variable} to another file system.",
            { HResult: NoSpaceOnUnix or NoSpaceOnWindows } =>
                $"The disk is full: {path} could not be written. Free some space and try again.",
            { HResult: QuotaOnLinux or QuotaOnMac } when !OperatingSystem.IsWindows() =>
                $"Your disk quota is used up: {path} could not be written. Free some space and try again.",
            { HResult: ReadOnlyOnUnix } when !OperatingSystem.IsWindows() =>
                $"{path} is on a read-only file system. Set {SageHome.Variable} to a folder that can be written.",
            _ => $"Sage could not use {path}: {exception.Message}",
        };
}
