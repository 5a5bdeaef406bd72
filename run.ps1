# Sets up a virtual environment from the lock file, loads the sample corpus and opens the dashboard.
#   powershell -ExecutionPolicy Bypass -File run.ps1 [-Store data\sample-store] [-Port 8501]
param(
    [string]$Store = "data\sample-store",
    [int]$Port = 8501,
    [string]$Python = ""
)
$ErrorActionPreference = "Stop"
Set-Location $PSScriptRoot

function Invoke-Checked([string]$Program, [string[]]$Arguments) {
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}

$bin = Join-Path $PSScriptRoot ".venv\Scripts"
$venvPython = Join-Path $bin "python.exe"
if (-not (Test-Path $venvPython)) {
    $command = $Python
    $arguments = @()
    if (-not $command) {
        if (Get-Command py -ErrorAction SilentlyContinue) { $command = "py"; $arguments = @("-3") }
        elseif (Get-Command python -ErrorAction SilentlyContinue) { $command = "python" }
        else { Write-Error "Gongkai needs Python 3.11 or newer; install it, or name it with -Python." }
    }
    & $command @arguments -c "import sys; sys.exit(sys.version_info < (3, 11))"
    if ($LASTEXITCODE -ne 0) { Write-Error "Gongkai needs Python 3.11 or newer; name it with -Python." }
    Invoke-Checked $command ($arguments + @("-m", "venv", ".venv"))
}

# Installed anew only when the lock file or the project file has changed.
$stamp = Join-Path $PSScriptRoot ".venv\.installed"
$sources = Get-Item "requirements.lock", "pyproject.toml"
$current = (Test-Path $stamp) -and -not ($sources | Where-Object { $_.LastWriteTime -gt (Get-Item $stamp).LastWriteTime })
if (-not $current) {
    $pip = @("-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    Invoke-Checked $venvPython ($pip + @("--require-hashes", "-r", "requirements.lock"))
    Invoke-Checked $venvPython ($pip + @("--no-deps", "--no-build-isolation", "-e", "."))
    New-Item -ItemType File -Force $stamp | Out-Null
    (Get-Item $stamp).LastWriteTime = Get-Date
}

$gongkai = Join-Path $bin "gongkai.exe"
Invoke-Checked $gongkai @("ingest", "data\sample", "--store", $Store)
Invoke-Checked $gongkai @("serve", "--store", $Store, "--port", "$Port")
