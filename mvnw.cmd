@rem SPDX-License-Identifier: Apache-2.0
@rem
@rem Runs Maven; see the comment in mvnw.
@echo off
setlocal
set "version=3.9.16"
set "sha512=ed41650d42485cfc243fad22158caf9cbb5dc408ce7a09ddb94dd42a019de929ca43065bfa450612cf12bf78b5cafa3884b96c090de326ff590448c933454af3"
set "project=%~dp0"
if "%MAVEN_USER_HOME%"=="" set "MAVEN_USER_HOME=%USERPROFILE%\.m2"
set "maven=%MAVEN_USER_HOME%\wrapper\dists\mailbox\apache-maven-%version%"
set "java=java"
if not "%JAVA_HOME%"=="" set "java=%JAVA_HOME%\bin\java"
if exist "%maven%\bin\mvn.cmd" goto run
set "url=https://archive.apache.org/dist/maven/maven-3/%version%/binaries/apache-maven-%version%-bin.zip"
if not "%MVNW_REPOURL%"=="" set "url=%MVNW_REPOURL%/org/apache/maven/apache-maven/%version%/apache-maven-%version%-bin.zip"
"%java%" "%project%.mvn\wrapper\MavenDownload.java" "%url%" "%sha512%" "%maven%"
if exist "%maven%\bin\mvn.cmd" goto run
where mvn >nul 2>&1
if errorlevel 1 (
  echo mvnw: Maven %version% cannot be downloaded: set MVNW_REPOURL, or install Maven 1>&2
  exit /b 1
)
echo mvnw: Maven %version% cannot be downloaded; using the one on the PATH 1>&2
mvn %*
exit /b %errorlevel%
:run
"%maven%\bin\mvn.cmd" %*
exit /b %errorlevel%
