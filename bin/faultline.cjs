#!/usr/bin/env node
'use strict';
// Node 22 and newer keep the compiled program between runs, which makes every start but the first faster.
require('node:module').enableCompileCache?.();
require('../dist/cli.cjs');
